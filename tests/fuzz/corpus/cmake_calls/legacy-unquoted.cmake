add_definitions(-Da="b c" -DX="(y)")
