#include "chassis/filter_program.hpp"

#include <gtest/gtest.h>
#include <unistd.h>
#include <cstdlib>
#include <fstream>

namespace shanhai::chassis {
namespace {

using std::chrono::seconds;

/// A folder with the shell script "program" in it.
class Programs : public testing::Test {
protected:
    Programs() { std::filesystem::create_directories(folder_); }
    ~Programs() override { std::filesystem::remove_all(folder_); }

    FilterProgram that(const std::string& does, seconds limit = seconds{60},
                       std::size_t output_max = 1 << 20) {
        const auto path = folder_ / "program";
        std::ofstream{path} << "#!/bin/sh\n" << does << '\n';
        std::filesystem::permissions(path, std::filesystem::perms::owner_all);
        return FilterProgram{folder_, "program", limit, output_max};
    }

private:
    std::filesystem::path folder_ = testing::TempDir() + "filter_program_test_" + std::to_string(getpid());
};

TEST_F(Programs, MakeBytesOfBytes) {
    const std::string large(700'000, 'a');  // More than a socket holds, in both directions at once.
    const auto run = that("exec cat").run(large);
    EXPECT_EQ(run.end, Filtered::End::exited);
    EXPECT_EQ(run.code, 0);
    EXPECT_EQ(run.output, large);
    EXPECT_EQ(that("exec cat").run("").output, "");
}

TEST_F(Programs, SayByTheirStatusWhatIsWrong) {
    const auto run = that("echo half; exit 3").run(std::string(700'000, 'a'));  // It reads nothing.
    EXPECT_EQ(run.end, Filtered::End::exited);
    EXPECT_EQ(run.code, 3);
    EXPECT_EQ(run.output, "half\n");
}

TEST_F(Programs, AreEndedWhenTheyCostTooMuch) {
    EXPECT_EQ(that("exec sleep 600", seconds{1}).run("").end, Filtered::End::too_costly) << "time";
    EXPECT_EQ(that("exec <&- >&-; exec sleep 600", seconds{1}).run("").end, Filtered::End::too_costly)
        << "time, with nothing more to say";
    EXPECT_EQ(that("exec yes").run("").end, Filtered::End::too_costly) << "output";
    EXPECT_EQ(that("kill -KILL $$").run("").end, Filtered::End::too_costly) << "what the system allows";
}

TEST_F(Programs, InheritNothing) {
    ::setenv("SHANHAI_DATABASE_PASSWORD", "secret", 1);
    const auto run = that("env; ls /proc/self/fd").run("");
    EXPECT_EQ(run.output.find("secret"), std::string::npos) << run.output;
    EXPECT_TRUE(run.output.ends_with("0\n1\n2\n3\n")) << run.output << " (3 is ls's own)";
}

TEST_F(Programs, ThatAreNotThereAreNotStarted) {
    const FilterProgram nobody{"/nowhere", "program", seconds{1}, 1};
    EXPECT_EQ(nobody.run("input").end, Filtered::End::not_started);
}

}  // namespace
}  // namespace shanhai::chassis
