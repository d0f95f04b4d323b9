#pragma once

#include "catalog/domain/bundle_store.hpp"
#include "catalog/http/view.hpp"
#include "chassis/http/message.hpp"

#include <boost/json/object.hpp>

namespace shanhai::catalog {

/// A bundle as it looks at that moment, with its parts named as that view names them: what they cost by
/// themselves, how the price is shared over them, and whether all of it may be sold. A part that this reader
/// may not know of has no name.
boost::json::object json_of(const View& view, const ShownBundle& shown, const Reader& reader, Instant at);

// Request bodies. Each fails with what read_json and Fields complain of, then with the thing's own fault().

Result<Valid<NewBundle>> bundle_in(const http::Request& request);
/// The whole of what a bundle says and costs.
Result<Valid<BundleOffer>> bundle_offer_in(const http::Request& request);

}  // namespace shanhai::catalog
