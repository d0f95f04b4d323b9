#include "catalog/domain/service_phone.hpp"

#include <gtest/gtest.h>

namespace shanhai::catalog {
namespace {

TEST(ServicePhone, IsTakenAsPeopleWriteItAndKeptInOneForm) {
    struct Case {
        std::string_view written;
        std::string_view kept;
    };
    for (const auto& [written, kept] :
         {Case{"0870-2123456", "08702123456"}, Case{"(021) 6416 0000", "02164160000"},
          Case{"+86 870 212 3456", "08702123456"}, Case{"138 1234 5678", "13812345678"},
          Case{"400-810-1234", "4008101234"}, Case{"４００ ８１０ １２３４", "4008101234"},
          Case{"95588", "95588"}, Case{"952-100", "952100"}}) {
        const auto phone = ServicePhone::parse(written);
        ASSERT_TRUE(phone) << written;
        EXPECT_EQ(phone->text(), kept);
    }
}

TEST(ServicePhone, IsNoNumberThatNobodyCanCall) {
    for (const auto* wrong :
         {"", "x", "110", "12315", "9558", "9558812", "400810123", "40081012345", "4002101234",
          "800-810-1234", "12812345678", "0870-1123456", "2123456", "+852 2345 6789", "95588x"}) {
        EXPECT_FALSE(ServicePhone::parse(wrong)) << wrong;
    }
    const auto extension = ServicePhone::parse("021-64160000-123");
    ASSERT_FALSE(extension);
    EXPECT_EQ(extension.error().fields().at(0).detail, "a service telephone has no extension");
}

}  // namespace
}  // namespace shanhai::catalog
