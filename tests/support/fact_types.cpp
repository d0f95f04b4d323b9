#include "support/fact_types.hpp"

#include <google/protobuf/descriptor.h>
#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include "shanhai/event/v1/bundle.pb.h"
#include "shanhai/event/v1/catalog.pb.h"
#include "shanhai/event/v1/certification.pb.h"
#include "shanhai/event/v1/channel.pb.h"
#include "shanhai/event/v1/identity.pb.h"
#include "shanhai/event/v1/orders.pb.h"
#include "shanhai/event/v1/subject.pb.h"
#include "shanhai/event/v1/trace.pb.h"

namespace shanhai::support {
namespace {

namespace pb = google::protobuf;
namespace v1 = event::v1;

/// A static library gives only the files that somebody names.
void link_all() {
    v1::BundlePublished::descriptor();
    v1::CountyRegistered::descriptor();
    v1::CertificationDeclared::descriptor();
    v1::PlacementRegistered::descriptor();
    v1::OrganisationRegistered::descriptor();
    v1::OrderPaid::descriptor();
    v1::LotRegistered::descriptor();
}

void fill(pb::Message& message, const pb::FieldDescriptor& field, int number) {
    const auto& reflection = *message.GetReflection();
    switch (field.cpp_type()) {
        case pb::FieldDescriptor::CPPTYPE_STRING:
            return reflection.SetString(&message, &field, std::to_string(number));
        case pb::FieldDescriptor::CPPTYPE_INT32:
            return reflection.SetInt32(&message, &field, number);
        case pb::FieldDescriptor::CPPTYPE_INT64:
            return reflection.SetInt64(&message, &field, number);
        case pb::FieldDescriptor::CPPTYPE_UINT64:
            return reflection.SetUInt64(&message, &field, static_cast<std::uint64_t>(number));
        case pb::FieldDescriptor::CPPTYPE_BOOL:
            return reflection.SetBool(&message, &field, true);
        case pb::FieldDescriptor::CPPTYPE_MESSAGE:
            return;  // Its subject and what is beside it are enough.
        default:
            throw std::runtime_error{"events hold no fields of this type yet: " + field.full_name()};
    }
}

}  // namespace

std::vector<const pb::Descriptor*> event_messages() {
    link_all();
    std::vector<const pb::Descriptor*> found;
    for (const auto& entry : std::filesystem::directory_iterator{SHANHAI_EVENT_FILES}) {
        const auto name = "shanhai/event/v1/" + entry.path().filename().string();
        const auto* file = pb::DescriptorPool::generated_pool()->FindFileByName(name);
        if (file == nullptr) throw std::runtime_error{name + " is not linked into this test"};
        for (int i = 0; i < file->message_type_count(); ++i) found.push_back(file->message_type(i));
    }
    std::ranges::sort(found, {}, [](const auto* type) { return type->full_name(); });
    return found;
}

std::vector<const pb::Descriptor*> fact_types() {
    auto types = event_messages();
    std::erase_if(types, [](const auto* type) { return type->options().GetExtension(v1::subject).empty(); });
    return types;
}

std::unique_ptr<pb::Message> sample_fact(const pb::Descriptor& type, int number) {
    std::unique_ptr<pb::Message> fact{pb::MessageFactory::generated_factory()->GetPrototype(&type)->New()};
    for (int i = 0; i < type.field_count(); ++i) {
        const auto& field = *type.field(i);
        if (!field.is_repeated()) fill(*fact, field, number);
    }
    return fact;
}

}  // namespace shanhai::support
