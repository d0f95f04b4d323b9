#pragma once

#include "certification/domain/application.hpp"
#include "certification/domain/working_days.hpp"
#include "chassis/database/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace shanhai::certification {

Calendar calendar(database::Session& session);

std::optional<Batch> find_batch(database::Session& session, BatchId id);
std::vector<Batch> batches(database::Session& session, const std::optional<SchemeCode>& scheme, BatchId after,
                           std::size_t count);
bool has_batch(database::Session& session, const SchemeCode& scheme, int year);
/// Nothing when the scheme has a batch of that year.
std::optional<BatchId> insert_batch(database::Session& session, const Batch& batch, AccountId by);

/// As it is; `lock` holds it, so that nobody else changes it until the end of the transaction.
enum class Hold { no, lock };
std::optional<Application> find_application(database::Session& session, ApplicationId id, Hold hold);
/// With what is shown of its product, and what was said against it.
std::optional<ShownApplication> show_application(database::Session& session, ApplicationId id);
/// In SQL, of an application `a` with its batch `b`, its product `k` and that one's merchant `m`: whether it
/// is seen, and whether it ever took that step.
std::string seen_by(const Reach& reach);
std::string went(Action step);
/// Without steps and objections, in the order of their ids.
std::vector<ShownApplication> list_applications(database::Session& session, const Reach& reach,
                                                const ApplicationFilter& filter, ApplicationId after,
                                                std::size_t count);
/// Those that anybody may object to now.
std::vector<ShownApplication> open_notices(database::Session& session, ApplicationId after,
                                           std::size_t count);
/// The one of that application; nothing when nobody may object to that now.
std::optional<ShownApplication> open_notice(database::Session& session, ApplicationId id);
/// A draft. Nothing when the product has an open application in that batch.
std::optional<ApplicationId> insert_application(database::Session& session, const NewApplication& wanted);
/// The text, papers (of a draft), state, version, notice and certification that the application has now.
void update_application(database::Session& session, const Application& application);
void append_step(database::Session& session, ApplicationId id, const Step& step);
/// From now on it counts what the product says today.
void freeze_product(database::Session& session, ApplicationId id);
bool product_changed(database::Session& session, ApplicationId id);

}  // namespace shanhai::certification
