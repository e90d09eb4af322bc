# How cpack -G DEB divides what is installed into two packages, and what it says of them.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "leadverify developers <developers@leadverify.example>")
# The first lines of the descriptions below are the summaries.
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/finish.cmake)
set(CPACK_VERBATIM_VARIABLES ON)

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL program development)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)

set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME leadverify)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION mail)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PROGRAM_DESCRIPTION
"batch verifier of e-mail addresses
leadverify reads a list of e-mail addresses and says of each whether mail
for it would be taken. It looks at the syntax, asks the DNS and the domain's
own mail servers, comes back where they greylist, tells domains apart that
take mail for every name, and never sends a message. It writes a line of
JSON for each address.")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libleadverify-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
# What the archive is linked with: Requires.private and Libs.private of leadverify.pc.
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "libc-ares-dev, libidn2-dev, libssl-dev, libunistring-dev, pkg-config")
set(CPACK_DEBIAN_DEVELOPMENT_DESCRIPTION
"verifier of e-mail addresses, library for C++20 programs
The static library that leadverify is made of, with its headers, for
programs that verify addresses themselves: one at a time or in batches, with
a callback for each result. With a CMake package and a file for pkg-config.")

include(CPack)
