#pragma once

#include "chassis/files/file.hpp"
#include "vocabulary/codes.hpp"
#include "vocabulary/time.hpp"

#include <optional>
#include <string>
#include <vector>

namespace shanhai::certification {

/// What a paper of an application shows.
enum class EvidenceKind {
    test_report,              ///< 检测报告
    food_production_licence,  ///< 食品生产许可证 (SC)
    conformity_commitment,    ///< 承诺达标合格证, of a lot
    linkage_contract,         ///< 联农带农 contract with households
    price_comparison,         ///< 比价: what the same costs elsewhere
    quality_mark,             ///< 绿色食品, 有机, 地理标志: the certificate
    agency_contract,          ///< 代理合同: that who makes the goods lets a distributor sell them
    picture,                  ///< Of the product or where it is made.
    other,
};

/// A paper of an application. The file is what was handed in (chassis/files); the rest is what its owner says
/// of it, so that it need not be read out of a picture.
struct Evidence {
    static constexpr std::size_t count_max = 20;
    static constexpr std::size_t number_max = 40;

    EvidenceKind kind = EvidenceKind::other;
    files::FileId file{};
    std::string number;          ///< Of the report, licence or certificate; may be empty.
    std::optional<Date> issued;  ///< The day on it.
    std::optional<Date> until;   ///< The first day on which it does not hold any more.

    friend bool operator==(const Evidence&, const Evidence&) = default;
};

/// What the papers themselves show before a person has looked at them. A sentence says what to do.
struct Finding {
    std::string check;   ///< "evidence-missing" … stable.
    bool stops = false;  ///< It cannot be submitted so; else whoever reviews looks at it twice.
    std::string detail;
    std::optional<std::size_t> evidence;  ///< Which paper; none: the application as a whole.

    friend bool operator==(const Finding&, const Finding&) = default;
};

}  // namespace shanhai::certification

namespace shanhai {
template <>
struct WireNames<certification::EvidenceKind> {
    static constexpr std::array<std::string_view, 9> names{"TEST_REPORT",
                                                           "FOOD_PRODUCTION_LICENCE",
                                                           "CONFORMITY_COMMITMENT",
                                                           "LINKAGE_CONTRACT",
                                                           "PRICE_COMPARISON",
                                                           "QUALITY_MARK",
                                                           "AGENCY_CONTRACT",
                                                           "PICTURE",
                                                           "OTHER"};
};
}  // namespace shanhai
