#include "certification/http/json.hpp"

#include "chassis/files/upload_routes.hpp"
#include "chassis/security/crypto.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include "certification/http/edition_json.hpp"

namespace shanhai::certification {

namespace json = boost::json;

namespace {

/// Null when it is empty.
json::value optional(const std::string& text) { return text.empty() ? json::value{} : json::value(text); }
json::value optional(const std::optional<Instant>& at) {
    return at ? json::value(rfc3339(*at)) : json::value{};
}
json::value optional(const std::optional<Date>& day) {
    return day ? json::value(date_text(*day)) : json::value{};
}
template <class Id>
json::value optional_id(Id id) {
    return id == Id{} ? json::value{} : json::value(number(id));
}

/// Both null where nobody said.
void add_households(json::object& body, const std::optional<Households>& households) {
    body["households"] = households ? json::value(households->count) : json::value{};
    const bool people = households && households->people;
    body["people"] = people ? json::value(*households->people) : json::value{};
}

/// What its owner says of a paper.
json::object json_of(const Evidence& paper) {
    json::object body;
    body["kind"] = wire_name(paper.kind);
    body["number"] = optional(paper.number);
    body["issued_on"] = optional(paper.issued);
    body["valid_until"] = optional(paper.until);
    return body;
}

/// A paper, with what is known of its file.
json::array json_of(const std::vector<Evidence>& papers, const std::vector<files::File>& files) {
    json::array all;
    for (const auto& paper : papers) {
        auto body = json_of(paper);
        body["file_id"] = static_cast<std::uint64_t>(paper.file);
        const auto file = std::ranges::find(files, paper.file, &files::File::id);
        body["file"] =
            file == files.end() ? json::value{} : json::value(files::json_of(*file, evidence_address));
        all.emplace_back(std::move(body));
    }
    return all;
}

json::object json_of(const Finding& finding) {
    json::object body;
    body["check"] = finding.check;
    body["stops"] = finding.stops;
    body["detail"] = finding.detail;
    body["evidence"] = finding.evidence ? json::value(*finding.evidence) : json::value{};
    return body;
}

json::object json_of(const Step& step, const std::vector<files::File>& files) {
    json::object body;
    body["action"] = wire_name(step.action);
    body["state"] = wire_name(step.state);
    body["reason"] = step.reason;
    body["at"] = rfc3339(step.at);
    body["by_account"] = number(step.by);
    body["organisation_id"] = optional_id(step.organisation);
    body["statement"] = step.submitted ? json::value(step.submitted->statement) : json::value{};
    body["linkage"] = step.submitted ? json::value(step.submitted->linkage) : json::value{};
    add_households(body, step.submitted ? step.submitted->households : std::nullopt);
    body["evidence"] = step.submitted ? json::value(json_of(step.submitted->evidence, files)) : json::value{};
    return body;
}

/// What it is about.
json::object brief_of(const ShownApplication& shown) {
    const auto& one = shown.application;
    json::object body;
    body["application_id"] = number(one.id);
    body["batch_id"] = number(one.batch.id);
    body["scheme"] = one.batch.scheme.text();
    body["year"] = one.batch.year;
    body["product_id"] = number(one.product);
    body["product_name"] = optional(shown.product_name);
    body["county_code"] = optional(shown.county_code);
    body["state"] = wire_name(one.state);
    body["notice_until"] = optional(one.notice_until);
    return body;
}

json::object with_papers(const Objection& objection) {
    auto body = json_of(objection);
    json::array papers;
    for (const auto& file : objection.papers)
        papers.emplace_back(files::json_of(file, objection_paper_address));
    body["papers"] = std::move(papers);
    return body;
}

}  // namespace

std::string evidence_address(const files::File& file, const files::Form& form) {
    return "/v1/evidence/" + std::to_string(static_cast<std::uint64_t>(file.id)) + '/' + form.name;
}

std::string objection_paper_address(const files::File& file, const files::Form& form) {
    return "/v1/objection-papers/" + std::to_string(static_cast<std::uint64_t>(file.id)) + '/' + form.name;
}

json::object json_of(const Recognition& recognition, Instant at) {
    const auto& one = recognition.certification;
    json::object body;
    body["certification_id"] = number(one.id);
    body["scheme"] = one.scheme.text();
    body["year"] = one.year;
    body["authority"] = one.authority;
    body["number"] = one.number;
    body["valid_from"] = date_text(one.valid_from);
    body["valid_to"] = date_text(one.valid_to);
    body["state"] = wire_name(one.standing(at));
    body["valid_now"] = one.valid_at(at);
    body["product_id"] = number(one.product);
    body["product_name"] = optional(recognition.product_name);
    body["county_code"] = optional(recognition.county_code);
    body["state_since"] = rfc3339(one.state_since);
    body["reason"] = one.reason;
    add_households(body, one.households);
    json::array editions;
    for (const auto& mention : recognition.editions) editions.emplace_back(json_of(mention));
    body["editions"] = std::move(editions);
    return body;
}

json::object json_of(const Proposal& proposal) {
    json::object body;
    body["proposal_id"] = number(proposal.id);
    body["certification_id"] = number(proposal.certification);
    body["state"] = wire_name(proposal.state);
    body["reason"] = proposal.reason;
    body["at"] = rfc3339(proposal.at);
    body["by_account"] = number(proposal.by);
    body["organisation_id"] = number(proposal.organisation);
    body["outcome"] = wire_name(proposal.outcome);
    body["answer"] = optional(proposal.answer);
    body["answered_at"] = optional(proposal.answered);
    body["answered_by"] = optional_id(proposal.answered_by);
    return body;
}

json::object json_of(const ShownProposal& shown) {
    auto body = json_of(shown.proposal);
    body["product_id"] = number(shown.product);
    body["product_name"] = optional(shown.product_name);
    body["county_code"] = optional(shown.county_code);
    body["scheme"] = shown.scheme.text();
    body["year"] = shown.year;
    body["certificate_number"] = shown.number;
    return body;
}

json::object json_of(const Changed& changed, Instant at) {
    auto body = json_of(changed.recognition, at);
    body["proposal"] = changed.proposal ? json::value(json_of(*changed.proposal)) : json::value{};
    return body;
}

json::object json_of(const StateChange& change, bool names) {
    json::object body;
    body["state"] = wire_name(change.state);
    body["reason"] = change.reason;
    body["at"] = rfc3339(change.at);
    if (names) body["by_account"] = optional_id(change.by);
    return body;
}

json::object json_of(const Basis& basis) {
    json::object body;
    body["application_id"] = static_cast<std::uint64_t>(basis.application);
    body["statement"] = basis.statement;
    body["linkage"] = basis.linkage;
    add_households(body, basis.households);
    body["evidence_sha256"] = security::hex(hash_of(basis.papers));
    json::array papers;
    for (const auto& paper : basis.papers) {
        auto one = json_of(paper.evidence);
        one["sha256"] = security::hex(paper.sha256);
        papers.emplace_back(std::move(one));
    }
    body["evidence"] = std::move(papers);
    return body;
}

json::object json_of(const Scheme& scheme) {
    json::object body;
    body["scheme"] = scheme.code.text();
    body["version"] = scheme.version;
    body["name"] = scheme.name;
    json::array offices;
    for (const auto& office : scheme.offices) offices.emplace_back(office);
    body["offices"] = std::move(offices);
    body["district_code"] = scheme.district ? json::value(scheme.district->text()) : json::value(nullptr);
    json::array counties;
    for (const auto& county : scheme.counties) counties.emplace_back(county.text());
    body["counties"] = std::move(counties);
    body["term_unit"] = wire_name(scheme.term_unit);
    body["term"] = scheme.term;
    body["notice_days"] = scheme.notice_days;
    body["recommendations"] = scheme.recommendations;
    body["by_application"] = scheme.by_application;
    json::array papers;
    for (const auto kind : scheme.required_evidence) papers.emplace_back(wire_name(kind));
    body["required_evidence"] = std::move(papers);
    body["report_months_max"] = scheme.report_months_max;
    body["price_band_bp"] = scheme.price_band_bp;
    body["base_required"] = scheme.base_required;
    return body;
}

json::object json_of(const Batch& batch) {
    json::object body;
    body["batch_id"] = number(batch.id);
    body["scheme"] = batch.scheme.text();
    body["scheme_version"] = batch.scheme_version;
    body["year"] = batch.year;
    body["applications_from"] = date_text(batch.applications_from);
    body["applications_until"] = date_text(batch.applications_until);
    body["valid_from"] = date_text(batch.valid_from);
    body["valid_to"] = date_text(batch.valid_to);
    return body;
}

json::object json_of(const Objection& objection) {
    json::object body;
    body["objection_id"] = number(objection.id);
    body["application_id"] = number(objection.application);
    body["text"] = objection.text;
    body["at"] = rfc3339(objection.at);
    body["answer"] = objection.answer ? json::value(*objection.answer) : json::value{};
    body["answered_at"] = optional(objection.answered);
    body["paper_count"] = objection.paper_count;
    return body;
}

json::object json_of(const ShownApplication& shown) {
    auto body = brief_of(shown);
    const auto& one = shown.application;
    body["returned"] = one.returned_at().has_value();
    body["returned_at"] = optional(one.returned_at());
    body["version"] = one.version;
    body["statement"] = one.text.statement;
    body["linkage"] = one.text.linkage;
    add_households(body, one.text.households);
    body["evidence"] = json_of(one.text.evidence, shown.files);
    json::array checks;
    for (const auto& finding : shown.checks) checks.emplace_back(json_of(finding));
    body["checks"] = std::move(checks);
    body["product_changed"] = shown.product_changed;
    body["certification_id"] = optional_id(one.certification);
    body["renews"] = optional_id(one.renews.value_or(ApplicationId{}));
    json::array steps;
    for (const auto& step : one.steps) steps.emplace_back(json_of(step, shown.files));
    body["steps"] = std::move(steps);
    json::array objections;
    for (const auto& objection : shown.objections) objections.emplace_back(with_papers(objection));
    body["objections"] = std::move(objections);
    return body;
}

json::object notice_json(const ShownApplication& shown) {
    auto body = brief_of(shown);
    body["statement"] = shown.application.text.statement;
    body["linkage"] = shown.application.text.linkage;
    add_households(body, shown.application.text.households);
    return body;
}

}  // namespace shanhai::certification
