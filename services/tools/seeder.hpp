#pragma once

#include "chassis/config/settings.hpp"
#include "chassis/security/secrets.hpp"
#include "tools/api.hpp"
#include "tools/samples.hpp"
#include "tools/seed.hpp"

#include <map>
#include <string>
#include <vector>

namespace shanhai::tools {

/// Loads the sample files into a running platform, each thing after those it refers to. Whatever is there
/// already, by its natural key, stays as it is.
class Seeder {
public:
    /// Signs in as the administrator.
    Seeder(const config::Settings& settings, const SeedOptions& options);

    void run();

private:
    struct KnownSku {
        std::int64_t sku = 0;
        std::int64_t product = 0;
        std::int64_t shelf_life_days = 0;  ///< 0: it does not expire.
    };
    struct Certified {
        std::int64_t product = 0;
        std::string state;
    };
    using Ids = std::map<std::string, std::int64_t, std::less<>>;

    void open_accounts();
    /// Whoever tries the samples has no telephone of theirs: an administrator asks no second factor of them.
    void spare_second_factor(const boost::json::object& account);
    void register_places();
    void register_merchants();
    void add_products();
    void add_bundles();
    void certify();
    void freeze_catalogues();
    void await_certifications();
    void change_state(std::int64_t certification, const CsvRow& row);
    void add_bases();
    void add_lots();
    std::int64_t add_lot(Api& api, const CsvRow& row) const;
    void add_campaigns();
    void add_placement(std::int64_t campaign, const boost::json::object& placement,
                       const boost::json::object& window);
    void save();

    /// Remembers the SKUs of a product that is there.
    void know(const boost::json::object& product);
    const KnownSku& sku(std::string_view gtin, const std::string& where) const;
    static std::int64_t id(const Ids& ids, std::string_view name, const std::string& where);
    void say(const std::string& what) const;

    const config::Settings& settings_;
    const SeedOptions& options_;
    security::Secrets secrets_;
    Samples samples_;
    Date today_;
    Api admin_;     // Accounts and organisations; an administrator sells nothing.
    Api operator_;  // All else, but certifications.
    Ids organisations_;
    std::map<std::string, std::vector<std::string>, std::less<>>
        certifiers_;                           // Logins, by the office's name.
    std::map<std::int64_t, Certified> shown_;  // By certification.
    Ids merchants_;
    Ids bases_;
    std::map<std::string, KnownSku, std::less<>> skus_;  // By GTIN-14.
    boost::json::object metro_;                          // A placement with a code to scan.
};

/// The 14-digit form of a GTIN in a sample file.
std::string gtin14(std::string_view gtin);

}  // namespace shanhai::tools
