#pragma once

#include "catalog/store/announcement.hpp"
#include "chassis/events/frame.hpp"
#include "shanhai/event/v1/catalog.pb.h"
#include "shanhai/event/v1/certification.pb.h"

namespace shanhai::catalog {

// The catalog's things in the words that other services understand.

event::v1::CountyRegistered fact_of(const County& county);
event::v1::PairingDeclared fact_of(const Pairing& pairing);
event::v1::MerchantRegistered fact_of(const Merchant& merchant);
/// One SKU with all that decides whether it may be sold: an offer of a merchant who may not sell is not
/// listed.
event::v1::OfferPublished fact_of(const Product& product, const Sku& sku, const Merchant& merchant);
event::v1::CertificationHandedOver fact_of(const KeptCertification& kept);

}  // namespace shanhai::catalog
