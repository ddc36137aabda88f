import Curl
import SystemPackage

extension Client {
  /// Proxies and authorities are those that curl's users name.
  ///
  /// Source: curl(1), "ENVIRONMENT" and `--cacert`.
  static func webClient(_ places: ClientPlaces) -> WebClient {
    var web = WebClient(userAgent: "SmartContainers/\(version)")
    web.proxies = WebProxies(environment: places.environment)
    web.authority = ["CURL_CA_BUNDLE", "SSL_CERT_FILE"].lazy
      .compactMap { places.environment[$0] }.first { !$0.isEmpty }
      .map { places.workingFolder.pushing(FilePath($0)) }
    return web
  }
}
