#include "catalog/domain/search/names.hpp"

#include "vocabulary/folding.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace shanhai::catalog::search {
namespace {

struct Suffix {
    std::u16string_view whole;
    std::u16string_view short_form;
};
constexpr std::array suffixes{
    Suffix{u"自治县", u"县"}, Suffix{u"自治州", u"州"}, Suffix{u"自治区", u""},   Suffix{u"自治旗", u"旗"},
    Suffix{u"地区", u"地区"}, Suffix{u"新区", u"新区"}, Suffix{u"特区", u"特区"}, Suffix{u"林区", u"林区"},
    Suffix{u"县", u"县"},     Suffix{u"市", u"市"},     Suffix{u"省", u"省"},     Suffix{u"区", u"区"},
    Suffix{u"盟", u"盟"},     Suffix{u"旗", u"旗"},
};

/// The peoples that autonomous areas are named after; longer ones before those that end alike.
constexpr std::array<std::u16string_view, 45> peoples{
    u"柯尔克孜族", u"哈萨克族", u"维吾尔族", u"塔吉克族", u"达斡尔族", u"鄂温克族", u"仡佬族", u"布依族",
    u"傈僳族",     u"景颇族",   u"哈尼族",   u"拉祜族",   u"布朗族",   u"独龙族",   u"蒙古族", u"土家族",
    u"纳西族",     u"普米族",   u"保安族",   u"东乡族",   u"撒拉族",   u"裕固族",   u"毛南族", u"仫佬族",
    u"朝鲜族",     u"锡伯族",   u"维吾尔",   u"各族",     u"哈萨克",   u"彝族",     u"傣族",   u"壮族",
    u"苗族",       u"藏族",     u"白族",     u"回族",     u"佤族",     u"怒族",     u"侗族",   u"瑶族",
    u"水族",       u"羌族",     u"满族",     u"畲族",     u"黎族",
};

constexpr std::size_t called_at_least = 2;  // Characters: nobody says 云 for 云县.

bool shorten(std::u16string& text, std::u16string_view end) {
    if (!text.ends_with(end) || text.size() < end.size() + called_at_least) return false;
    text.resize(text.size() - end.size());
    return true;
}

void drop_peoples(std::u16string& text) {
    while (std::ranges::any_of(peoples, [&text](std::u16string_view one) { return shorten(text, one); })) {
    }
}

/// What shoppers say and no list of categories does. Single characters are words of their own.
struct OtherNames {
    std::string_view category;
    std::string_view names;
};
constexpr std::array other_names{
    OtherNames{"food_processed", "零食 小吃 面条 糕点"},
    OtherNames{"food_bamboo_shoot", "竹笋 鲜笋 干货"},
    OtherNames{"handicraft_bamboo", "竹艺 竹编 竹器 工艺品"},
    OtherNames{"furniture_bamboo", "家具"},
    OtherNames{"homeware_bamboo", "家居"},
    OtherNames{"tea", "茗茶"},
    OtherNames{"coffee", "咖啡豆"},
    OtherNames{"grain_rice", "大米 米 五谷 杂粮"},
    OtherNames{"mushroom", "蘑菇 菌菇 菌子 菌类 菌 菇 干货"},
    OtherNames{"mushroom_wild", "蘑菇 菌菇 菌子 菌类 菌 菇 干货"},
    OtherNames{"vegetable", "青菜 菜"},
    OtherNames{"fruit", "鲜果"},
    OtherNames{"fruit_dried", "果脯 蜜饯"},
    OtherNames{"nut_processed", "干果"},
    OtherNames{"spice", "调料 调味品 香料"},
    OtherNames{"honey", "蜜"},
    OtherNames{"livestock_pork", "肉"},
    OtherNames{"livestock_yak", "牛肉 羊肉 肉"},
    OtherNames{"meat_processed", "腊肉 肉干"},
    OtherNames{"poultry", "鸡蛋 禽肉 鸡 蛋"},
    OtherNames{"aquatic", "水产 海鲜 鱼"},
    OtherNames{"herb", "药材 中药 中药材 滋补"},
    OtherNames{"food_agri", "礼盒 送礼 特产 土特产"},
    OtherNames{"handicraft_embroidery", "绣品 非遗"},
    OtherNames{"raw_silk", "蚕丝 丝绸 真丝 被子"},
};

}  // namespace

std::vector<std::u16string> forms_of_area(std::string_view name) {
    const auto whole = folded(name);
    std::vector<std::u16string> forms;
    const auto add = [&forms](std::u16string form) {
        if (!form.empty() && std::ranges::find(forms, form) == forms.end()) forms.push_back(std::move(form));
    };
    add(whole);
    for (const auto& suffix : suffixes) {
        auto base = whole;
        if (!shorten(base, suffix.whole)) continue;
        if (suffix.whole.starts_with(u"自治")) drop_peoples(base);
        add(base);
        add(base + std::u16string{suffix.short_form});
        break;
    }
    return forms;
}

std::vector<std::u16string> forms_in_english(std::string_view name) {
    auto whole = folded(name);
    std::ranges::replace(whole, u'ê', u'e');  // As it is typed.
    std::vector<std::u16string> forms{whole};
    const auto last = whole.rfind(u' ');
    if (last == std::u16string::npos) return forms;
    const auto kind = whole.substr(last);
    constexpr std::array<std::u16string_view, 5> kinds{u" county", u" city", u" district", u" prefecture",
                                                       u" region"};
    if (std::ranges::find(kinds, kind) == kinds.end()) return forms;
    const bool autonomous = whole.find(u" autonomous ") != std::u16string::npos;
    auto own = whole.substr(0, autonomous ? whole.find(u' ') : last);
    if (autonomous) forms.push_back(own + kind);
    forms.push_back(std::move(own));
    return forms;
}

std::vector<std::u16string> spellings_of(std::u16string_view name) {
    std::vector<std::u16string> all{u""};
    for (const auto character : name) {
        std::vector<std::u16string> longer;
        for (const auto syllable : Readings{character}) {
            const auto letters = spelling(syllable);
            for (const auto& begun : all) {
                if (longer.size() < spellings_max)
                    longer.push_back(begun + std::u16string{letters.begin(), letters.end()});
            }
        }
        all = std::move(longer);
    }
    return all;
}

std::vector<std::u16string> words_for(const Category& category) {
    std::vector<std::u16string> words{folded(category.name)};
    const auto other = std::ranges::find(other_names, category.code, &OtherNames::category);
    if (other == other_names.end()) return words;
    const auto more = folded(other->names);
    for (std::size_t begin = 0; begin < more.size();) {
        const auto end = std::min(more.find(u' ', begin), more.size());
        words.push_back(more.substr(begin, end - begin));
        begin = end + 1;
    }
    return words;
}

bool asks_for_season(std::u16string_view word) {
    constexpr std::array<std::u16string_view, 5> words{u"时令", u"当季", u"应季", u"当令", u"应时"};
    return std::ranges::find(words, word) != words.end();
}

std::uint32_t number_of(const CountyCode& code) {
    std::uint32_t value = 0;
    const auto text = code.text();
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::optional<std::size_t> place_of_category(std::string_view code) {
    const auto* const found = find_category(code);
    if (found == nullptr) return std::nullopt;
    return static_cast<std::size_t>(found - categories().data());
}

}  // namespace shanhai::catalog::search
