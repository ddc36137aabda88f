/* What libcurl, libgit2 and libarchive refer to and what is never asked of them here. Debian has no
 * static libraries for most of it, and where they are linked into the executable, as `make release`
 * does, something must have these names. HTTP and HTTPS are the only protocols that a transfer is
 * allowed, and no transfer asks for Negotiate: no LDAP, RTMP and GSS-API. Archives are tar and zip,
 * packed with gzip and zstd, and access control lists are not extracted: no LZ4, no XML (of xar), no
 * POSIX ACL. Nothing calls these; if something does, it ends there. */
#ifdef SC_LINKED_LIBRARIES
#define ABSENT(name)         \
  _Noreturn void name(void); \
  _Noreturn void name(void) { __builtin_trap(); }

ABSENT(gss_delete_sec_context)
ABSENT(gss_display_name)
ABSENT(gss_display_status)
ABSENT(gss_import_name)
ABSENT(gss_indicate_mechs)
ABSENT(gss_init_sec_context)
ABSENT(gss_inquire_context)
ABSENT(gss_release_buffer)
ABSENT(gss_release_name)
ABSENT(gss_release_oid_set)
ABSENT(gss_unwrap)
ABSENT(gss_wrap)

ABSENT(ber_bvfree)
ABSENT(ber_free)
ABSENT(ber_memfree)
ABSENT(ber_memvfree)
ABSENT(ber_sockbuf_add_io)
ABSENT(ldap_abandon_ext)
ABSENT(ldap_err2string)
ABSENT(ldap_free_urldesc)
ABSENT(ldap_get_attribute_ber)
ABSENT(ldap_get_dn_ber)
ABSENT(ldap_get_option)
ABSENT(ldap_init_fd)
ABSENT(ldap_memfree)
ABSENT(ldap_msgfree)
ABSENT(ldap_msgtype)
ABSENT(ldap_parse_result)
ABSENT(ldap_parse_sasl_bind_result)
ABSENT(ldap_pvt_url_scheme2proto)
ABSENT(ldap_result)
ABSENT(ldap_sasl_bind)
ABSENT(ldap_search_ext)
ABSENT(ldap_set_option)
ABSENT(ldap_start_tls)
ABSENT(ldap_unbind_ext)
ABSENT(ldap_url_parse)

ABSENT(RTMP_Alloc)
ABSENT(RTMP_Close)
ABSENT(RTMP_Connect1)
ABSENT(RTMP_ConnectStream)
ABSENT(RTMP_Free)
ABSENT(RTMP_Init)
ABSENT(RTMP_Read)
ABSENT(RTMP_SetBufferMS)
ABSENT(RTMP_SetupURL)
ABSENT(RTMP_Write)

ABSENT(LZ4_decompress_safe)
ABSENT(LZ4_decompress_safe_usingDict)

ABSENT(acl_add_perm)
ABSENT(acl_clear_perms)
ABSENT(acl_create_entry)
ABSENT(acl_free)
ABSENT(acl_get_entry)
ABSENT(acl_get_fd)
ABSENT(acl_get_file)
ABSENT(acl_get_perm)
ABSENT(acl_get_permset)
ABSENT(acl_get_qualifier)
ABSENT(acl_get_tag_type)
ABSENT(acl_init)
ABSENT(acl_set_fd)
ABSENT(acl_set_file)
ABSENT(acl_set_qualifier)
ABSENT(acl_set_tag_type)

ABSENT(UTF8Toisolat1)
ABSENT(xmlBufferCreate)
ABSENT(xmlBufferFree)
ABSENT(xmlFreeTextWriter)
ABSENT(xmlNewTextWriterMemory)
ABSENT(xmlTextWriterEndDocument)
ABSENT(xmlTextWriterEndElement)
ABSENT(xmlTextWriterSetIndent)
ABSENT(xmlTextWriterStartDocument)
ABSENT(xmlTextWriterStartElement)
ABSENT(xmlTextWriterWriteAttribute)
ABSENT(xmlTextWriterWriteBase64)
ABSENT(xmlTextWriterWriteFormatAttribute)
ABSENT(xmlTextWriterWriteString)

/* The name of a kind of name: a pointer, read by those who then call gss_import_name. */
extern const void *GSS_C_NT_HOSTBASED_SERVICE;
const void *GSS_C_NT_HOSTBASED_SERVICE = 0;
#endif
