# Everything comes from Debian's packages; scripts/install-deps puts it there.
set(SHANHAI_SANITIZE "" CACHE STRING "Sanitizers for every target, for example address,undefined")
set(SHANHAI_FUZZ OFF CACHE BOOL "Programs for libFuzzer (with clang), see tests/fuzz")

find_program(CCACHE ccache)
if(CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD)
    add_link_options(-fuse-ld=mold)
endif()

# Debian 12 cannot install Boost 1.81 beside the MySQL connector, so its headers are unpacked here.
if(EXISTS ${CMAKE_SOURCE_DIR}/.deps/usr/include/boost/version.hpp)
    set(SHANHAI_BOOST_INCLUDE ${CMAKE_SOURCE_DIR}/.deps/usr/include)
else()
    find_package(Boost 1.81 REQUIRED)
    set(SHANHAI_BOOST_INCLUDE ${Boost_INCLUDE_DIRS})
endif()

find_package(Threads REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(PNG REQUIRED)
find_package(ICU 72 REQUIRED COMPONENTS uc i18n)
find_package(Protobuf 3.21 REQUIRED)
find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)
find_package(GTest REQUIRED)
find_package(benchmark REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(PANGOCAIRO REQUIRED IMPORTED_TARGET pangocairo)
find_library(MYSQLCPPCONN_LIBRARY mysqlcppconn REQUIRED)
find_library(HIREDIS_LIBRARY hiredis REQUIRED)
find_library(ARGON2_LIBRARY argon2 REQUIRED)
find_library(OATH_LIBRARY oath REQUIRED)
find_library(QRENCODE_LIBRARY qrencode REQUIRED)
find_library(PROMETHEUS_LIBRARY prometheus-cpp-core REQUIRED)
find_library(SQLITE_LIBRARY sqlite3 REQUIRED)
find_library(RAPIDCHECK_LIBRARY rapidcheck REQUIRED)

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    # g++ 12 takes Asio's own operator new and delete of coroutine frames for a mismatched pair once it inlines them.
    add_compile_options(-Wno-mismatched-new-delete)
    # What the optimiser of g++ 12 believes to see is often not there (std::string's own operator+ is «restrict»): such
    # warnings are shown, and stop nobody's build; the sanitizers make it see more of them.
    foreach(doubtful maybe-uninitialized uninitialized restrict stringop-overflow stringop-overread array-bounds
            free-nonheap-object use-after-free dangling-pointer nonnull)
        add_compile_options(-Wno-error=${doubtful})
    endforeach()
endif()
if(SHANHAI_SANITIZE)
    add_compile_options(-fsanitize=${SHANHAI_SANITIZE} -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${SHANHAI_SANITIZE})
    if(SHANHAI_SANITIZE MATCHES thread AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
        add_compile_options(-Wno-tsan)  # Asio uses atomic_thread_fence, which g++'s TSan cannot model.
    endif()
endif()
if(SHANHAI_SANITIZE MATCHES undefined AND CMAKE_CXX_COMPILER_ID STREQUAL Clang)
    add_compile_options(-fno-sanitize=function)  # clang 14 cannot assemble coroutines with it.
endif()
if(SHANHAI_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link)  # Counts which branches an input takes.
endif()
# A step past the end of a view or vector ends the program where it happens, in everything but what is released.
add_compile_definitions($<$<NOT:$<CONFIG:Release>>:_GLIBCXX_ASSERTIONS>)
add_compile_definitions(BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION
    BOOST_ASIO_NO_DEPRECATED BOOST_ALL_NO_LIB
    "BOOST_ASIO_CUSTOM_HANDLER_TRACKING=\"chassis/observe/asio_hooks.hpp\"")
