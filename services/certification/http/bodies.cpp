#include "certification/http/bodies.hpp"

#include "chassis/files/upload_routes.hpp"
#include "chassis/http/json.hpp"

#include <set>

namespace shanhai::certification {

using http::Fields;

namespace {

constexpr auto id_max = std::numeric_limits<std::int64_t>::max();

Result<EvidenceKind> kind_of(std::string_view name) {
    if (const auto kind = from_wire_name<EvidenceKind>(name)) return *kind;
    return invalid_field("", "is not one of the values allowed here");
}

Evidence paper_in(Fields& fields) {
    Evidence paper;
    paper.kind = fields.choice<EvidenceKind>("kind", from_wire_name<EvidenceKind>);
    paper.file = static_cast<files::FileId>(fields.integer("file_id", 1, id_max));
    paper.number = fields.optional_text("number", 0, Evidence::number_max).value_or("");
    paper.issued = fields.optional_checked<Date>("issued_on", parse_date);
    paper.until = fields.optional_checked<Date>("valid_until", parse_date);
    return paper;
}

Scheme scheme_rules(Fields& fields, const SchemeCode& code) {
    constexpr int term_max = 36;
    Scheme scheme{.code = code,
                  .name = fields.text("name", 1, Scheme::name_max),
                  .offices = {},
                  .district = {},
                  .counties = {}};
    scheme.counties = fields.all_checked<CountyCode>("counties", 0, Scheme::counties_max, CountyCode::parse);
    scheme.term_unit = fields.choice<TermUnit>("term_unit", from_wire_name<TermUnit>);
    scheme.term = static_cast<int>(fields.integer("term", 1, term_max));
    scheme.notice_days = static_cast<int>(fields.integer("notice_days", 0, Scheme::notice_days_max));
    scheme.recommendations =
        static_cast<int>(fields.integer("recommendations", 0, Scheme::recommendations_max));
    scheme.by_application = fields.boolean("by_application");
    scheme.required_evidence = fields.all_checked<EvidenceKind>(
        "required_evidence", 0, WireNames<EvidenceKind>::names.size(), kind_of);
    std::set<EvidenceKind> kinds{scheme.required_evidence.begin(), scheme.required_evidence.end()};
    if (kinds.size() < scheme.required_evidence.size()) {
        fields.complain("required_evidence", "names each kind once");
    }
    scheme.report_months_max = static_cast<int>(
        fields.optional_integer("report_months_max", 0, Scheme::report_months_most).value_or(0));
    scheme.price_band_bp =
        static_cast<int>(fields.optional_integer("price_band_bp", 0, Scheme::price_band_bp_max).value_or(0));
    scheme.base_required = fields.boolean("base_required", false);
    return scheme;
}

std::optional<Households> households_in(Fields& fields) {
    const auto count = fields.optional_integer("households", 0, Households::count_max);
    const auto people = fields.optional_integer("people", 0, Households::people_max);
    if (!count) {
        if (people) fields.complain("households", "say also in how many households they live");
        return std::nullopt;
    }
    const Households households{*count, people};
    if (const auto fault = households.fault()) fields.complain("people", fault->fields().at(0).detail);
    return households;
}

ApplicationText application_text(Fields& fields) {
    auto statement = fields.text("statement", 1, ApplicationText::length_max, Lines::joined);
    auto linkage = fields.text("linkage", 1, ApplicationText::length_max, Lines::joined);
    std::vector<Evidence> evidence;
    for (auto& paper : fields.optional_objects("evidence", Evidence::count_max)) {
        evidence.push_back(paper_in(paper));
    }
    auto households = households_in(fields);
    return {std::move(statement), std::move(linkage), std::move(evidence), households};
}

Result<std::string> one_text(const http::Request& request, std::string_view name, std::size_t length_max) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    Fields fields{*body};
    auto text = fields.text(name, 1, length_max, Lines::joined);
    if (auto error = fields.complaints()) return *error;
    return text;
}

}  // namespace

Result<Valid<Certification>> certification_in(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    Fields fields{*body};
    const auto product = fields.integer("product_id", 1, id_max);
    const auto scheme = fields.parsed<SchemeCode>("scheme");
    const auto year = fields.integer("year", Certification::year_min, Certification::year_max);
    auto authority = fields.text("authority", 1, Organisation::name_max);
    auto code = fields.text("number", 1, 40);
    const auto from = fields.checked<Date>("valid_from", parse_date).value_or(Date{});
    const auto to = fields.checked<Date>("valid_to", parse_date).value_or(Date{});
    auto reason = fields.optional_text("reason", 0, 200, Lines::joined).value_or("");
    const auto households = households_in(fields);
    if (auto error = fields.complaints()) return *error;
    return Valid<Certification>::of({.id = {},
                                     .product = static_cast<ProductId>(product),
                                     .scheme = *scheme,
                                     .year = static_cast<int>(year),
                                     .authority = std::move(authority),
                                     .number = std::move(code),
                                     .valid_from = from,
                                     .valid_to = to,
                                     .state = CertificationState::certified,
                                     .state_since = {},
                                     .reason = std::move(reason),
                                     .recorded = {},
                                     .households = households});
}

Result<NewState> state_in(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    Fields fields{*body};
    NewState wanted;
    wanted.state = fields.choice<CertificationState>("state", from_wire_name<CertificationState>);
    wanted.reason = fields.text("reason", 1, 200, Lines::joined);
    if (auto error = fields.complaints()) return *error;
    return wanted;
}

Result<SecondWord> second_word_in(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    Fields fields{*body};
    SecondWord word;
    word.agreed = fields.boolean("agreed");
    word.reason = fields.text("reason", 1, 200, Lines::joined);
    if (auto error = fields.complaints()) return *error;
    return word;
}

Result<Scheme> scheme_in(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    Fields fields{*body};
    const auto code = fields.parsed<SchemeCode>("scheme");
    // Read on, so that all complaints are told at once.
    auto scheme = scheme_rules(fields, code.value_or(*SchemeCode::parse("NONE")));
    if (auto error = fields.complaints()) return *error;
    return scheme;
}

Result<Scheme> scheme_rules_in(const http::Request& request, const SchemeCode& code) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    auto fields = Fields::of_whole(*body);
    auto scheme = scheme_rules(fields, code);
    if (auto error = fields.complaints()) return *error;
    return scheme;
}

Result<Batch> batch_in(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    Fields fields{*body};
    const auto scheme = fields.parsed<SchemeCode>("scheme");
    const auto year = fields.integer("year", Certification::year_min, Certification::year_max);
    const auto day = [&fields](std::string_view name) {
        return fields.checked<Date>(name, parse_date).value_or(Date{});
    };
    const auto from = day("applications_from");
    const auto until = day("applications_until");
    const auto valid_from = day("valid_from");
    const auto valid_to = day("valid_to");
    if (auto error = fields.complaints()) return *error;
    return Batch{.id = {},
                 .scheme = *scheme,
                 .year = static_cast<int>(year),
                 .applications_from = from,
                 .applications_until = until,
                 .valid_from = valid_from,
                 .valid_to = valid_to};
}

Result<NewApplication> application_in(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    Fields fields{*body};
    const auto batch = fields.integer("batch_id", 1, id_max);
    const auto product = fields.integer("product_id", 1, id_max);
    auto text = application_text(fields);
    if (auto error = fields.complaints()) return *error;
    return NewApplication{static_cast<BatchId>(batch), static_cast<ProductId>(product), std::move(text)};
}

Result<BatchId> renewal_in(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    Fields fields{*body};
    const auto batch = fields.integer("batch_id", 1, id_max);
    if (auto error = fields.complaints()) return *error;
    return static_cast<BatchId>(batch);
}

Result<ApplicationText> application_text_in(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    auto fields = Fields::of_whole(*body);
    auto text = application_text(fields);
    if (auto error = fields.complaints()) return *error;
    return text;
}

Result<Move> move_in(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    Fields fields{*body};
    Move move;
    move.action = fields.choice<Action>("action", from_wire_name<Action>);
    move.reason = fields.optional_text("reason", 0, 500, Lines::joined).value_or("");
    move.number = fields.optional_text("number", 1, 40).value_or("");
    if (auto error = fields.complaints()) return *error;
    return move;
}

Result<NewObjection> objection_in(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    Fields fields{*body};
    NewObjection objection;
    objection.text = fields.text("text", 1, 2000, Lines::joined);
    objection.papers =
        fields.all_checked<std::string>("files", 0, Objection::papers_max, files::parse_sha256);
    if (auto error = fields.complaints()) return *error;
    if (objection.papers.empty() && request.header("Upload-Access-Token").empty()) return objection;
    auto sender = files::stranger_sender(request);
    if (!sender) return sender.error();
    objection.holder = std::move(sender->holder);
    return objection;
}

Result<std::string> answer_in(const http::Request& request) { return one_text(request, "answer", 2000); }

}  // namespace shanhai::certification
