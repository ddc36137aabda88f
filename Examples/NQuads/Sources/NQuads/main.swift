import Foundation
import JSONLD
import RDF

let processor = Processor()
for path in CommandLine.arguments.dropFirst() {
  let document = try JSONParser().parse(Array(Data(contentsOf: URL(filePath: path))))
  var lines: [UInt8] = []
  try processor.toRDF(document) { quad in try NQuadsWriter().write(quad, to: &lines) }
  FileHandle.standardOutput.write(Data(lines))
}
