#include "typesetter/drawing.hpp"

#include "chassis/security/crypto.hpp"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>

namespace shanhai::typesetter {
namespace {

using certification::Catalogue;

// Points, 72 an inch: A4, upright.
constexpr double page_width = 595.28;
constexpr double page_height = 841.89;
constexpr double margin = 42;
constexpr double table_end = page_height - margin - 24;  // The foot is below.
constexpr double padding = 3;
constexpr double gap = 6;

struct Column {
    std::string_view heading;
    double width;
};
constexpr std::array<Column, 6> columns{
    {{"序号", 28}, {"证书编号", 96}, {"产品名称", 116}, {"产地", 78}, {"商户", 120}, {"有效期", 73}}};
using Row = std::array<std::string, columns.size()>;

constexpr const char* body_font = "WenQuanYi Micro Hei, Noto Sans CJK SC, sans-serif 8.5";
constexpr const char* title_font = "WenQuanYi Micro Hei, Noto Sans CJK SC, sans-serif 17";
constexpr const char* small_font = "WenQuanYi Micro Hei, Noto Sans CJK SC, sans-serif 6.5";

struct Release {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_t* context) const { cairo_destroy(context); }
    void operator()(PangoLayout* layout) const { g_object_unref(layout); }
    void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};
template <class T>
using Owned = std::unique_ptr<T, Release>;

cairo_status_t append(void* out, const unsigned char* bytes, unsigned int count) {
    try {
        static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(bytes), count);
    } catch (const std::exception&) {
        return CAIRO_STATUS_NO_MEMORY;  // No exception passes through a C library.
    }
    return CAIRO_STATUS_SUCCESS;
}

/// "2026-11-27 10:00", as a clock in Shanghai shows it.
std::string shanghai_minute(Instant at) {
    const auto day = shanghai_date(at);
    return date_text(day) + ' ' + clock_text(at + shanghai_offset).substr(0, 5);
}

/// What is written on, page by page.
class Sheet {
public:
    Sheet(std::string& out, const std::string& title, Instant made)
        : surface_{cairo_pdf_surface_create_for_stream(append, &out, page_width, page_height)},
          context_{cairo_create(surface_.get())} {
        cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE, title.c_str());
        // Else it would be the moment of drawing, and no two drawings the same.
        const auto moment = rfc3339(std::chrono::floor<std::chrono::seconds>(made));
        cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_CREATE_DATE, moment.c_str());
        cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_MOD_DATE, moment.c_str());
    }

    Owned<PangoLayout> layout(const char* font, double width) {
        Owned<PangoLayout> made{pango_cairo_create_layout(context_.get())};
        const Owned<PangoFontDescription> description{pango_font_description_from_string(font)};
        pango_layout_set_font_description(made.get(), description.get());
        pango_layout_set_width(made.get(), static_cast<int>(width * PANGO_SCALE));
        pango_layout_set_wrap(made.get(), PANGO_WRAP_WORD_CHAR);
        return made;
    }
    void write(PangoLayout* layout, double x, double y) {
        cairo_move_to(context_.get(), x, y);
        pango_cairo_show_layout(context_.get(), layout);
    }
    void line(double y, double thickness) {
        cairo_set_line_width(context_.get(), thickness);
        cairo_move_to(context_.get(), margin, y);
        cairo_line_to(context_.get(), page_width - margin, y);
        cairo_stroke(context_.get());
    }
    void end_page() { cairo_show_page(context_.get()); }
    void finish() {
        cairo_surface_finish(surface_.get());
        const auto status = cairo_status(context_.get());
        const auto written = cairo_surface_status(surface_.get());
        if (status == CAIRO_STATUS_SUCCESS && written == CAIRO_STATUS_SUCCESS) return;
        const auto* const why = cairo_status_to_string(status == CAIRO_STATUS_SUCCESS ? written : status);
        throw std::runtime_error{std::string{"a catalogue could not be drawn: "} + why};
    }

private:
    Owned<cairo_surface_t> surface_;
    Owned<cairo_t> context_;
};

void put(PangoLayout* layout, std::string_view text) {
    pango_layout_set_text(layout, text.data(), static_cast<int>(text.size()));
}
double height_of(PangoLayout* layout) {
    int height = 0;
    pango_layout_get_size(layout, nullptr, &height);
    return static_cast<double>(height) / PANGO_SCALE;
}

std::string title_of(const Catalogue& catalogue) {
    return catalogue.scheme_name + " " + std::to_string(catalogue.year) + " 年度产品目录（第 " +
           std::to_string(catalogue.number) + " 期）";
}

class Table {
public:
    Table(Sheet& sheet, const Catalogue& catalogue)
        : sheet_{sheet}, small_{sheet.layout(small_font, body_width)} {
        for (std::size_t i = 0; i < columns.size(); ++i)
            cells_[i] = sheet.layout(body_font, columns[i].width - gap);
        foot_ = catalogue.scheme.text() + " · " + std::to_string(catalogue.year) + " · " +
                std::to_string(catalogue.number) + " · SHA-256 " +
                security::hex(security::sha256(catalogue.canonical()));
        title(catalogue);
        heading();
    }

    void add(const Row& row) {
        fill(row);
        if (y_ + tallest() > table_end) {
            end_page();
            y_ = margin;
            heading();
            fill(row);
        }
        draw(0.25);
    }
    void end_page() {
        ++page_;
        put(small_.get(), foot_ + " · 第 " + std::to_string(page_) + " 页");
        sheet_.write(small_.get(), margin, page_height - margin);
        sheet_.end_page();
    }

private:
    static constexpr double body_width = page_width - 2 * margin;

    void title(const Catalogue& catalogue) {
        const auto large = sheet_.layout(title_font, body_width);
        put(large.get(), title_of(catalogue));
        sheet_.write(large.get(), margin, y_);
        y_ += height_of(large.get()) + padding;
        const auto under = sheet_.layout(body_font, body_width);
        put(under.get(), catalogue.office + "　" + shanghai_minute(catalogue.frozen) +
                             "（北京时间）定版　共 " + std::to_string(catalogue.entries.size()) + " 件");
        sheet_.write(under.get(), margin, y_);
        y_ += height_of(under.get()) + 4 * padding;
    }
    void heading() {
        Row row;
        for (std::size_t i = 0; i < columns.size(); ++i) row[i] = columns[i].heading;
        fill(row);
        sheet_.line(y_, 0.75);
        draw(0.75);
    }
    void fill(const Row& row) {
        for (std::size_t i = 0; i < columns.size(); ++i) put(cells_[i].get(), row[i]);
    }
    double tallest() const {
        double height = 0;
        for (const auto& cell : cells_) height = std::max(height, height_of(cell.get()));
        return height + 2 * padding;
    }
    void draw(double thickness) {
        const auto height = tallest();
        double x = margin;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            sheet_.write(cells_[i].get(), x, y_ + padding);
            x += columns[i].width;
        }
        y_ += height;
        sheet_.line(y_, thickness);
    }

    Sheet& sheet_;
    std::array<Owned<PangoLayout>, columns.size()> cells_;
    Owned<PangoLayout> small_;
    std::string foot_;
    double y_ = margin;
    int page_ = 0;
};

}  // namespace

std::string pdf_of(const Catalogue& catalogue) {
    std::string out;
    {
        Sheet sheet{out, title_of(catalogue), catalogue.frozen};
        Table table{sheet, catalogue};
        std::size_t count = 0;
        for (const auto& entry : catalogue.entries) {
            const auto last = date_text(entry.valid_to - std::chrono::days{1});
            table.add({std::to_string(++count), entry.number, entry.product_name, entry.county_name,
                       entry.merchant_name, date_text(entry.valid_from) + "\n至 " + last});
        }
        table.end_page();
        sheet.finish();
    }
    return out;
}

}  // namespace shanhai::typesetter
