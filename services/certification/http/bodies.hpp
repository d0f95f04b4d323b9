#pragma once

#include "certification/application/applying.hpp"
#include "chassis/http/message.hpp"
#include "vocabulary/valid.hpp"

namespace shanhai::certification {

// Request bodies as things of the domain. Each fails with what read_json and Fields complain of, then
// with the thing's own fault().

Result<Valid<Certification>> certification_in(const http::Request& request);
struct NewState {
    CertificationState state = CertificationState::suspended;
    std::string reason;
};
Result<NewState> state_in(const http::Request& request);
struct SecondWord {
    bool agreed = false;
    std::string reason;
};
Result<SecondWord> second_word_in(const http::Request& request);

/// A scheme with its code; who decides under it the office itself says.
Result<Scheme> scheme_in(const http::Request& request);
/// All rules of the scheme of that code.
Result<Scheme> scheme_rules_in(const http::Request& request, const SchemeCode& code);
Result<Batch> batch_in(const http::Request& request);

Result<NewApplication> application_in(const http::Request& request);
/// The batch that is applied in again.
Result<BatchId> renewal_in(const http::Request& request);
Result<ApplicationText> application_text_in(const http::Request& request);
Result<Move> move_in(const http::Request& request);
/// With the key of the header Upload-Access-Token, which it needs where it names files: 400
/// `upload-token-malformed`.
Result<NewObjection> objection_in(const http::Request& request);
Result<std::string> answer_in(const http::Request& request);

}  // namespace shanhai::certification
