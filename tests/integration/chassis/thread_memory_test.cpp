#include <gtest/gtest.h>
#include <link.h>

namespace shanhai {
namespace {

/// Bytes of thread-local variables of the program itself; its libraries are not ours.
int own_bytes(dl_phdr_info* object, std::size_t /*size*/, void* found) {
    for (int i = 0; i < object->dlpi_phnum; ++i) {
        const auto& segment = object->dlpi_phdr[i];
        if (segment.p_type == PT_TLS) *static_cast<std::size_t*>(found) = segment.p_memsz;
    }
    return 1;  // The program comes first.
}

/// They are cleared when a thread begins, so each of some ninety threads has all of them in memory from then
/// on, used or not.
TEST(ThreadMemory, IsLittleForEachThread) {
    std::size_t bytes = 0;
    dl_iterate_phdr(own_bytes, &bytes);
    EXPECT_GT(bytes, 0U) << "the test sees nothing";
    EXPECT_LE(bytes, 4'096U);
}

}  // namespace
}  // namespace shanhai
