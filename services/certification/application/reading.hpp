#pragma once

#include "certification/domain/known.hpp"
#include "chassis/database/pool.hpp"
#include "chassis/files/file.hpp"

namespace shanhai::certification {

/// The papers of applications, for whom they concern.
class Reading {
public:
    explicit Reading(database::Pool& pool) : pool_{pool} {}

    struct Read {
        files::File file;
        files::MadeForm form;
    };
    /// For the house that handed the file in, and whoever sees an application that names it. Fails with 404
    /// `file-unknown`.
    boost::asio::awaitable<Result<Read>> read(files::FileId id, std::string form, Author viewer,
                                              bool everything) const;

    /// A paper of an objection, for who may answer it, and auditors. Fails with 404 `file-unknown`.
    boost::asio::awaitable<Result<Read>> read_objection(files::FileId id, std::string form, Author viewer,
                                                        bool audits) const;

private:
    database::Pool& pool_;
};

}  // namespace shanhai::certification
