#pragma once

#include "catalog/store/mysql_catalog_store.hpp"
#include "chassis/events/lessons.hpp"

#include <string>
#include <vector>

namespace shanhai::catalog {

/// What the catalog learns: of organisations from identity, of certifications from their service. These
/// change what is offered, which the store tells in the same transaction.
events::Lessons lessons(MysqlCatalogStore& store);

/// What is never set aside: a suspension that waited would be sold.
std::vector<std::string> indispensable_facts();

}  // namespace shanhai::catalog
