# Writes a .cpp with one text file as a constant, so that the executable needs no other file.
file(READ ${FILE} text)
file(WRITE ${OUTPUT}
    "#include <string_view>\n\nnamespace ${NAMESPACE} {\n\nextern const std::string_view ${NAME};\n"
    "const std::string_view ${NAME} = R\"text(${text})text\";\n\n}  // namespace ${NAMESPACE}\n")
