// What the public declarations of this module are made of: who imports it needs no other.
@_exported import Canonical
@_exported import DockerEngine

@_exported import struct Curl.WebClient
@_exported import protocol JSONLD.DocumentLoader
@_exported import struct JSONLD.RemoteDocument
@_exported import enum Provenance.LinkedDataFormat
