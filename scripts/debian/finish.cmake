# Run by cpack between installing and packing: what Debian wants to be different from a folder that
# cmake --install has filled.
find_program(GZIP gzip REQUIRED)

function(compress file)
  execute_process(COMMAND ${GZIP} -9 -n ${file} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# document(COMPONENT PACKAGE): the files that each package explains itself with.
function(document component package)
  set(folder ${CPACK_TEMPORARY_DIRECTORY}/${component}/usr/share/doc/${package})
  file(COPY ${CMAKE_CURRENT_LIST_DIR}/copyright ${CMAKE_CURRENT_LIST_DIR}/changelog
    DESTINATION ${folder}
    FILE_PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
  compress(${folder}/changelog)
endfunction()

document(program leadverify)
document(development libleadverify-dev)

set(share ${CPACK_TEMPORARY_DIRECTORY}/program/usr/share)
compress(${share}/man/man1/leadverify.1)
# Debian's zsh looks for completions of packages in a folder of its own.
if(EXISTS ${share}/zsh/site-functions)
  file(RENAME ${share}/zsh/site-functions ${share}/zsh/vendor-completions)
endif()

# cpack strips programs alone.
find_program(STRIP strip REQUIRED)
file(GLOB_RECURSE archives ${CPACK_TEMPORARY_DIRECTORY}/development/usr/lib/*.a)
execute_process(COMMAND ${STRIP} --strip-debug --enable-deterministic-archives ${archives}
  COMMAND_ERROR_IS_FATAL ANY)
