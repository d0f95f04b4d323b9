#include "certification/domain/checks.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace shanhai::certification {
namespace {

constexpr std::size_t division_digits = 6;

/// In the order of EvidenceKind.
constexpr std::array<std::string_view, 9> names_for_people{"检测报告",     "食品生产许可证", "承诺达标合格证",
                                                           "联农带农合同", "比价材料",       "质量认证证书",
                                                           "代理合同",     "图片",           "其他材料"};

/// Fewer say nothing about what is usual.
constexpr std::int64_t others_min = 3;
constexpr std::int64_t whole_bp = 10'000;

bool asks_for(const Scheme& scheme, EvidenceKind kind) {
    return std::ranges::count(scheme.required_evidence, kind) > 0;
}

/// Those that the scheme asks for; and of a distributor the agency contract, which then comes last.
std::vector<EvidenceKind> needed_kinds(const Scheme& scheme, bool distributed) {
    auto kinds = scheme.required_evidence;
    if (distributed && !asks_for(scheme, EvidenceKind::agency_contract)) {
        kinds.push_back(EvidenceKind::agency_contract);
    }
    return kinds;
}

bool above_band(const PriceBeside& price, int band_bp) {
    return price.others >= others_min &&
           price.fen_a_kg * whole_bp > price.median_fen_a_kg * (whole_bp + band_bp);
}

bool all_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// Whether a division gave a paper for goods of the county: it, or the prefecture above it.
bool may_vouch(std::string_view division, const CountyCode& county) {
    const std::string_view code = county.text();
    return division == code || (division.ends_with("00") && division.substr(0, 4) == code.substr(0, 4));
}

/// Whether a house that is registered in that division may be at home in the county: credit codes are given
/// there, by the prefecture and by the province.
bool at_home(std::string_view division, const CountyCode& county) {
    return may_vouch(division, county) ||
           (division.ends_with("0000") && division.starts_with(county.province()));
}

/// The digits of an SC number; nothing when it is none.
std::optional<std::string_view> digits_of_licence(std::string_view number) {
    constexpr std::size_t licence_digits = 14;
    if (!number.starts_with("SC") && !number.starts_with("sc")) return std::nullopt;
    number.remove_prefix(2);
    if (number.size() != licence_digits || !all_digits(number)) return std::nullopt;
    return number;
}

class Checking {
public:
    Checking(const ApplicationText& text, const Batch& batch, const Scheme& scheme, const Origin& origin,
             Date today)
        : text_{text}, batch_{batch}, scheme_{scheme}, origin_{origin}, today_{today} {}

    std::vector<Finding> all() {
        if (!origin_.merchant_active) {
            stop("merchant-barred", "the merchant is not selling now: have that settled with the operator");
        }
        if (!origin_.distributed && !origin_.registered_in.empty() &&
            !at_home(origin_.registered_in, origin_.county)) {
            note("credit-code-of-elsewhere",
                 "the house is registered in another place than its goods come from: say how it makes them "
                 "there");
        }
        for (const auto kind : needed_kinds(scheme_, origin_.distributed)) {
            if (!has(kind)) miss(kind);
        }
        look_at_linkage();
        look_at_origin();
        look_at_prices();
        for (at_ = 0; *at_ < text_.evidence.size(); ++*at_) look_at(text_.evidence[*at_]);
        return std::move(findings_);
    }

private:
    bool has(EvidenceKind kind) const {
        return std::ranges::any_of(text_.evidence, [kind](const auto& one) { return one.kind == kind; });
    }
    void stop(std::string check, std::string detail) {
        findings_.push_back({std::move(check), true, std::move(detail), at_});
    }
    void note(std::string check, std::string detail) {
        findings_.push_back({std::move(check), false, std::move(detail), at_});
    }

    void miss(EvidenceKind kind) {
        if (asks_for(scheme_, kind)) {
            stop("evidence-missing", "add a paper of the kind " + std::string{wire_name(kind)});
        } else if (auto missed = fault_of_agency(text_, scheme_, origin_)) {
            findings_.push_back(std::move(*missed));
        }
    }
    void look_at_linkage() {
        const auto& counted = text_.households;
        if (has(EvidenceKind::linkage_contract)) {
            if (!counted) {
                note("households-uncounted", "say how many households the contracts cover: buyers see it");
            }
        } else if (counted && counted->count > 0) {
            stop("households-unproved",
                 "households are counted by their contracts: add the contract, or leave the number out");
        } else if (!asks_for(scheme_, EvidenceKind::linkage_contract)) {
            note("linkage-unproved", "no contract with households is there: add one if there is one");
        }
    }
    void look_at_origin() {
        if (!origin_.base_confirmed) {
            const std::string detail =
                origin_.distributed
                    ? "no confirmed base is in the product's county: have who makes it register one"
                    : "the merchant has no confirmed base in the product's county: register one and have it "
                      "confirmed";
            findings_.push_back({"base-missing", scheme_.base_required, detail, at_});
        }
        if (origin_.odd_harvests.empty()) return;
        const auto& lot = origin_.odd_harvests.front();
        const auto others = origin_.odd_harvests.size() - 1;
        const auto too = others == 0 ? "" : " (and " + std::to_string(others) + " more are like it)";
        note("season-elsewhere", "lot " + lot.lot_code + " was harvested on " + date_text(lot.day) + too +
                                     ", and " + lot.base_name +
                                     " is harvested in other months: correct the months of the base, or say "
                                     "why");
    }
    void look_at_prices() {
        if (scheme_.price_band_bp == 0) return;
        for (const auto& price : origin_.prices) {
            if (!above_band(price, scheme_.price_band_bp)) continue;
            note("price-above-band", "the size of " + std::to_string(price.net_content_g) + " g costs " +
                                         std::to_string(price.fen_a_kg) + " fen a kg, and the median of " +
                                         std::to_string(price.others) + " others is " +
                                         std::to_string(price.median_fen_a_kg) +
                                         ": say why, or lower the price");
        }
    }
    void look_at(const Evidence& paper) {
        const auto same = [&paper](const Evidence& one) { return one.file == paper.file; };
        if (std::ranges::find_if(text_.evidence, same) !=
            text_.evidence.begin() + static_cast<std::ptrdiff_t>(*at_)) {
            note("paper-repeated", "this file stands for another paper already: hand in the right one");
        }
        if (paper.issued && *paper.issued > today_) {
            stop("paper-of-tomorrow", "this paper is dated after today: see what day stands on it");
        }
        if (paper.until && *paper.until <= batch_.valid_from) {
            stop("paper-lapsed", "this paper does not hold any more when the certification begins: renew it");
        } else if (paper.until && *paper.until < batch_.valid_to) {
            note("paper-lapses", "this paper lapses while the certification holds");
        }
        if (paper.kind == EvidenceKind::test_report) look_at_report(paper);
        if (paper.kind == EvidenceKind::food_production_licence) look_at_licence(paper);
        if (paper.kind == EvidenceKind::quality_mark) look_at_mark(paper);
    }
    void look_at_report(const Evidence& report) {
        if (scheme_.report_months_max == 0) return;
        if (!report.issued) {
            stop("test-report-undated", "say on which day the test report was issued");
        } else if (months_after(*report.issued, scheme_.report_months_max) < today_) {
            stop("test-report-old", "the test report is older than " +
                                        std::to_string(scheme_.report_months_max) +
                                        " months: have it tested again");
        }
    }
    void look_at_licence(const Evidence& licence) {
        if (!licence.until) note("licence-without-end", "say until when the licence holds");
        const auto digits = digits_of_licence(licence.number);
        if (!digits) {
            stop("licence-malformed", "give the number of the licence: SC and 14 digits");
        } else if (!may_vouch(digits->substr(3, division_digits), origin_.county)) {
            note("licence-of-elsewhere", "the licence was given in another county than the goods come from");
        }
    }
    void look_at_mark(const Evidence& mark) {
        std::string_view code = mark.number;
        if (!code.starts_with("GF") || code.size() < 2 + division_digits) return;
        code = code.substr(2, division_digits);
        if (all_digits(code) && !may_vouch(code, origin_.county)) {
            note("mark-of-elsewhere", "the green food code is of another county than the goods come from");
        }
    }

    const ApplicationText& text_;
    const Batch& batch_;
    const Scheme& scheme_;
    const Origin& origin_;
    Date today_;
    std::optional<std::size_t> at_;
    std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> checks_of(const ApplicationText& text, const Batch& batch, const Scheme& scheme,
                               const Origin& origin, Date today) {
    return Checking{text, batch, scheme, origin, today}.all();
}

std::optional<Finding> fault_of_agency(const ApplicationText& text, const Scheme& scheme,
                                       const Origin& origin) {
    const auto shows = [](const Evidence& one) { return one.kind == EvidenceKind::agency_contract; };
    const bool needed = origin.distributed && !asks_for(scheme, EvidenceKind::agency_contract);
    if (!needed || std::ranges::any_of(text.evidence, shows)) return std::nullopt;
    return Finding{"agency-contract-missing", true,
                   "a distributor shows the contract by which the maker lets it sell: add it", std::nullopt};
}

std::vector<EvidenceKind> lapsed_kinds(const std::vector<Evidence>& papers, const Scheme& scheme,
                                       bool distributed, Date today) {
    std::vector<EvidenceKind> lapsed;
    for (const auto kind : needed_kinds(scheme, distributed)) {
        const auto holds = [&](const Evidence& one) {
            return one.kind == kind && (!one.until || today < *one.until);
        };
        if (std::ranges::none_of(papers, holds)) lapsed.push_back(kind);
    }
    return lapsed;
}

std::string reason_of_lapse(const std::vector<EvidenceKind>& kinds) {
    std::string reason = "材料已过有效期：";
    for (const auto kind : kinds) {
        if (kind != kinds.front()) reason += "、";
        reason += names_for_people.at(static_cast<std::size_t>(kind));
    }
    return reason;
}

std::optional<Error> fault_of_checks(const std::vector<Finding>& findings) {
    std::vector<FieldError> faults;
    for (const auto& finding : findings) {
        if (!finding.stops) continue;
        const auto at = finding.evidence ? "/evidence/" + std::to_string(*finding.evidence) : "/evidence";
        faults.push_back({at, finding.detail});
    }
    if (faults.empty()) return std::nullopt;
    return Error{Failure::conflict, "checks-failed", "the papers do not do yet; see what to do about each",
                 std::move(faults)};
}

}  // namespace shanhai::certification
