#include "chassis/events/subject.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <memory>
#include "shanhai/event/v1/subject.pb.h"

namespace shanhai::events {
namespace {

namespace pb = google::protobuf;

const pb::Descriptor* type_of(const Event& event) {
    return pb::DescriptorPool::generated_pool()->FindMessageTypeByName(event.type);
}

std::optional<std::string> text_of(const pb::Message& message, const pb::FieldDescriptor& field) {
    const auto& reflection = *message.GetReflection();
    if (field.is_repeated()) return std::nullopt;
    switch (field.cpp_type()) {
        case pb::FieldDescriptor::CPPTYPE_STRING:
            return reflection.GetString(message, &field);
        case pb::FieldDescriptor::CPPTYPE_UINT64:
            return std::to_string(reflection.GetUInt64(message, &field));
        default:
            return std::nullopt;
    }
}

}  // namespace

std::optional<std::string> field_of(const Event& event, const std::string& field) {
    const auto* type = type_of(event);
    const auto* wanted = type == nullptr ? nullptr : type->FindFieldByName(field);
    if (wanted == nullptr) return std::nullopt;
    const std::unique_ptr<pb::Message> message{
        pb::MessageFactory::generated_factory()->GetPrototype(type)->New()};
    if (!message->ParseFromString(event.payload)) return std::nullopt;
    return text_of(*message, *wanted);
}

std::optional<Subject> subject_of(const Event& event) {
    const auto* type = type_of(event);
    if (type == nullptr) return std::nullopt;
    const auto& field = type->options().GetExtension(event::v1::subject);
    const auto id = field_of(event, field);
    // Nothing that is about «0» or nobody can be kept apart from the rest.
    if (!id || id->empty() || *id == "0" || id->size() > 64) return std::nullopt;
    return Subject{field, *id};
}

}  // namespace shanhai::events
