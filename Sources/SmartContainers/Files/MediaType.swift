/// The media types of files, by their names.
///
/// Source: the IANA registry of media types; `x-` where it has none and the name is in common use.
enum MediaType {
  /// The type of a file of that name; nil where its extension is none of the known ones.
  static func ofFile(named name: String) -> String? {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
    return types[name[name.index(after: dot)...].lowercased()]
  }

  private static let types = [
    "avif": "image/avif", "bib": "text/x-bibtex", "bin": "application/octet-stream",
    "bmp": "image/bmp", "bz2": "application/x-bzip2", "c": "text/x-c", "cif": "chemical/x-cif",
    "cpp": "text/x-c++", "css": "text/css", "csv": "text/csv", "dot": "text/vnd.graphviz",
    "fasta": "text/x-fasta", "fits": "application/fits", "gif": "image/gif",
    "geojson": "application/geo+json", "gz": "application/gzip", "h5": "application/x-hdf5",
    "hdf5": "application/x-hdf5", "html": "text/html", "ipynb": "application/x-ipynb+json",
    "jpeg": "image/jpeg", "jpg": "image/jpeg", "js": "text/javascript",
    "json": "application/json", "jsonl": "application/jsonl", "jsonld": "application/ld+json",
    "md": "text/markdown", "mp4": "video/mp4", "nc": "application/netcdf",
    "nq": "application/n-quads", "nt": "application/n-triples", "npy": "application/x-npy",
    "npz": "application/x-npz", "parquet": "application/vnd.apache.parquet",
    "pdb": "chemical/x-pdb", "pdf": "application/pdf", "png": "image/png",
    "py": "text/x-python", "r": "text/x-r", "rdf": "application/rdf+xml",
    "root": "application/x-root", "sh": "application/x-sh", "sql": "application/sql",
    "sqlite": "application/vnd.sqlite3", "svg": "image/svg+xml", "tar": "application/x-tar",
    "tex": "text/x-tex", "tif": "image/tiff", "tiff": "image/tiff", "toml": "application/toml",
    "trig": "application/trig", "tsv": "text/tab-separated-values", "ttl": "text/turtle",
    "txt": "text/plain", "wav": "audio/vnd.wave", "webp": "image/webp",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml", "xz": "application/x-xz", "yaml": "application/yaml",
    "yml": "application/yaml", "zip": "application/zip", "zst": "application/zstd",
  ]
}
