#include "certification/publications.hpp"

#include "certification/events/outgoing.hpp"

namespace shanhai::certification {

Publications::Publications(chassis::Backbone& backbone, const http::Cursors& cursors)
    : ruling_{backbone.pool(), announce_scheme, committed(backbone)},
      schemes_{ruling_, cursors},
      publishing_{backbone.pool(), announce_edition, committed(backbone)},
      editions_{publishing_, cursors, backbone.settings().programs},
      expiry_{backbone.pool()},
      expiring_{expiry_, cursors, backbone.pool().clock()} {
    backbone.must(ruling_.tell_untold());
    backbone.run(expiry_);
}

}  // namespace shanhai::certification
