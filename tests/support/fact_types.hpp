#pragma once

#include <google/protobuf/message.h>
#include <memory>
#include <string>
#include <vector>

namespace shanhai::support {

/// Every message of proto/shanhai/event/v1, as this program's descriptor pool knows it; throws
/// std::runtime_error when a file there is not linked in, so that no type is left out in silence.
std::vector<const google::protobuf::Descriptor*> event_messages();

/// Those that are facts: they name their subject.
std::vector<const google::protobuf::Descriptor*> fact_types();

/// A fact of that type, with something in every field that follows from `number`.
std::unique_ptr<google::protobuf::Message> sample_fact(const google::protobuf::Descriptor& type, int number);

}  // namespace shanhai::support
