import Canonical
import History

/// What a server of large content answered to a batch request.
struct BatchResponse: Sendable {
  /// What is to be done with one object.
  enum Plan: Sendable {
    /// There is nothing to do: the server has it.
    case nothing

    /// - Parameters:
    ///   - verify: what tells the server that an upload is complete; nil for nothing.
    ///   - isAuthenticated: whether the action needs no other credentials.
    case transfer(TransferAction, verify: TransferAction?, isAuthenticated: Bool)
    case failure(ContentError)
  }

  /// By the objects that were asked for.
  let plans: [LargeContent: Plan]

  /// Reads an answer; what was not asked for is passed over.
  init(parsing bytes: [UInt8], to request: BatchRequest) throws(ContentError) {
    let json: JSONValue
    do throws(JSONError) {
      json = try JSONValue(parsing: bytes)
    } catch {
      throw ContentError(.noServer, "the answer of the server is no JSON")
    }
    guard let list = json["objects"]?.array else {
      throw ContentError(.noServer, "the answer of the server is not that of Git LFS")
    }
    if let transfer = json["transfer"]?.string, transfer != "basic" {
      throw ContentError(.refused, "the server wants a transfer that is not known: \(transfer)")
    }
    if let algorithm = json["hash_algo"]?.string, algorithm != "sha256" {
      throw ContentError(.refused, "the server has objects by \(algorithm), not by sha256")
    }
    let found = Dictionary(
      list.compactMap { object in object["oid"]?.string.map { ($0, object) } },
      uniquingKeysWith: { first, _ in first })
    var plans: [LargeContent: Plan] = [:]
    for content in request.objects {
      plans[content] = Self.plan(found[content.digest.hexadecimal], request.direction)
    }
    self.plans = plans
  }

  private static func plan(_ object: JSONValue?, _ direction: ContentDirection) -> Plan {
    guard let object else {
      return .failure(ContentError(.refused, "the server says nothing of it"))
    }
    if let error = object["error"], !error.isNull { return .failure(ContentError(object: error)) }
    guard let action = object["actions"]?[direction.rawValue], !action.isNull else {
      // Of an upload it means that the server has it.
      guard direction == .upload else {
        return .failure(ContentError(.refused, "the server does not say where it is"))
      }
      return .nothing
    }
    do throws(ContentError) {
      let verify = object["actions"]?["verify"].flatMap { $0.isNull ? nil : $0 }
      return .transfer(
        try TransferAction(action),
        verify: try verify.map { (json) throws(ContentError) in try TransferAction(json) },
        isAuthenticated: object["authenticated"]?.bool ?? false)
    } catch {
      return .failure(error)
    }
  }
}
