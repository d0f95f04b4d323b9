#pragma once

#include "integration/certification/fixture.hpp"
#include "support/told_facts.hpp"

namespace shanhai::certification {

/// On 2026-11-27, a Friday in Shanghai, 闵行 takes applications for 2027.
class Applications : public CertificationService {
protected:
    Applications() {
        host_.clock().hold(*parse_rfc3339("2026-11-27T02:00:00Z"));
        const auto rules = get("/v1/schemes/MINHANG_YOUPIN").header("ETag");
        must(put("/v1/schemes/MINHANG_YOUPIN", rules_of(1), rules), 200);
        must(post("/v1/batches", batch_of(2027)), 201);
    }

    static json::object rules_of(int recommendations) {
        return {{"name", "闵行优品"},
                {"counties", json::array{}},
                {"term_unit", "CALENDAR_YEARS"},
                {"term", 1},
                {"notice_days", 5},
                {"recommendations", recommendations},
                {"by_application", true},
                {"required_evidence", json::array{}},
                {"report_months_max", 0},
                {"price_band_bp", 0},
                {"base_required", false}};
    }
    static json::object batch_of(int year) {
        return {{"scheme", "MINHANG_YOUPIN"},
                {"year", year},
                {"applications_from", "2026-11-01"},
                {"applications_until", "2026-12-16"},
                {"valid_from", std::to_string(year) + "-01-01"},
                {"valid_to", std::to_string(year + 1) + "-01-01"}};
    }
    static json::object text_of(const char* statement = "慢火烘干") {
        return {{"statement", statement},
                {"linkage", "与 38 户签有鲜笋收购合同"},
                {"households", nullptr},
                {"people", nullptr},
                {"evidence", json::array{}}};
    }
    static json::object draft_of(std::uint64_t product) {
        auto body = text_of();
        body["batch_id"] = 1;
        body["product_id"] = product;
        return body;
    }

    Answer must(Answer answer, int status) {
        if (answer.status != status) throw std::runtime_error{answer.body};
        return answer;
    }
    Answer by_merchant(const std::string& target, const json::object& body) {
        return post(target, body, "merchant", cooperative);
    }
    std::string draft(std::uint64_t product = tea) {
        return must(by_merchant("/v1/applications", draft_of(product)), 201).header("Location");
    }
    Answer show(const std::string& target, std::uint64_t organisation,
                const std::string& role = "certifier") {
        return host_.call("GET", target, {}, {{"Authorization", host_.bearer(role, organisation)}});
    }
    /// A step by whoever works there, who has seen the newest version.
    Answer step(const std::string& target, const json::object& body, std::uint64_t organisation,
                const std::string& tag = "*") {
        const auto* const role = organisation == cooperative ? "merchant" : "certifier";
        return host_.call("POST", target + "/steps", json::serialize(body),
                          {{"Authorization", host_.bearer(role, organisation)}, {"If-Match", tag}});
    }
    Answer step(const std::string& target, const char* action, std::uint64_t organisation) {
        return step(target, json::object{{"action", action}}, organisation);
    }
    Answer certify_application(const std::string& target, const char* number = "MHYP-2027-0001") {
        return step(target, json::object{{"action", "CERTIFY"}, {"number", number}}, office_of_minhang);
    }
    /// As far as the public notice.
    std::string published(const json::object& wanted = draft_of(tea)) {
        const auto target = must(by_merchant("/v1/applications", wanted), 201).header("Location");
        must(step(target, "SUBMIT", cooperative), 200);
        must(step(target, "RECOMMEND", office_of_daguan), 200);
        must(step(target, "BEGIN_REVIEW", office_of_minhang), 200);
        must(step(target, "PUBLISH_NOTICE", office_of_minhang), 200);
        return target;
    }
    std::vector<event::v1::ApplicationMoved> moves() {
        return support::told_facts<event::v1::ApplicationMoved>(host_);
    }
};

}  // namespace shanhai::certification
