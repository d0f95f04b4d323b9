// Writes characters.cpp: what ICU knows of Chinese characters (their simplified form, how they are read), so
// that the executable has it as constants and needs neither ICU's transliterators nor their memory.
//
//   shanhai_embed_characters > characters.cpp

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <iostream>
#include <map>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr UChar32 first_character = 0x3400;
constexpr UChar32 last_character = 0x9FFF;

/// ICU gives one reading a character. Those that goods, places and people's trades are read by otherwise:
/// each word is a character and its further readings.
constexpr std::u16string_view other_readings =
    u"长chang,zhang 重chong,zhong 乐yue,le 都du,dou 行hang,xing 薄bo,bao 血xie,xue 会kuai 曾zeng 朴piao 柏bo 单shan "
    u"解xie 蔚yu 六lu 厦xia 阿e 大dai 藏zang,cang 觉jiao 角jue 仔zai,zi 参shen,can 壳qiao,ke 核hu 露lou 蔓wan 粘zhan,nian "
    u"糜mei 种chong 称chen 传zhuan 调tiao,diao 弹tan,dan 盛cheng 石dan 洞tong 泊po 泌bi 番pan 剥bao,bo 炮bao 便pian "
    u"扁pian 尾yi 省xing 提di 拓ta 莎suo 勒lei,le 了liao 着zhuo,zhao 地de 得dei 的di 还huan,hai 和huo,hu 见xian "
    u"降xiang,jiang 校jiao,xiao 卡qia 熟shou 数shuo 宿xiu 吓he 巷hang 削xue,xiao 叶xie 艾yi 遗wei 员yun 择zhai 轧ya "
    u"折she 殖shi 爪zhao,zhua 琢zuo 佛fu 脯pu,fu 给ji 蛤ge,ha 虹jiang 贾gu,jia 茄qie,jia 伽qie,jia,ga 奇ji 强jiang "
    u"荨qian,xun 乾gan,qian 仇qiu 区ou 仡ge 侗tong,dong 牟mu,mou 筠jun 荥ying 歙xi 枞zong 蚌beng,bang 莘xin 涡guo 浒xu "
    u"峒tong,dong 尉yu 万mo 什shen,shi 属zhu 似shi 汤shang 圈juan 模mu 没mo,mei 蕃bo 否pi 脉mo 埋man 落lao,la 率shuai,lv "
    u"俩liang 弄long 迫pai 栖xi 雀qiao 塞se 色shai 杉sha 召shao 氏zhi 洗xian 系ji 纤qian 扎za 柞zha 食si 体ti 夹jia,ga "
    u"薯shu 荠qi,ji 芥jie,gai 茜xi,qian 苤pie 蒌lou 茼tong 榛zhen 栗li 莞guan,wan 苔tai 菌jun 芋yu 砀dang 掌zhang "
    u"车che,ju 差cha,chai 朝chao,zhao 臭chou,xiu 畜chu,xu 处chu 创chuang 答da 待dai 度du,duo 恶e,wu 发fa 坊fang 分fen 缝feng "
    u"盖gai,ge 个ge 更geng 供gong 观guan 冠guan 合he,ge 荷he 横heng 红hong,gong 哄hong 划hua 华hua 混hun 几ji 济ji 家jia 假jia "
    u"将jiang 教jiao 结jie 禁jin 劲jin,jing 经jing 据ju 卷juan 看kan 空kong 累lei 凉liang 淋lin 令ling 溜liu 笼long 磨mo";

void must(UErrorCode status) {
    if (U_FAILURE(status)) throw std::runtime_error{u_errorName(status)};
}

class Transliterator {
public:
    explicit Transliterator(const char* id) {
        UErrorCode status = U_ZERO_ERROR;
        made_.reset(icu::Transliterator::createInstance(id, UTRANS_FORWARD, status));
        must(status);
    }
    icu::UnicodeString of(UChar32 character) const {
        icu::UnicodeString text{character};
        made_->transliterate(text);
        return text;
    }

private:
    std::unique_ptr<icu::Transliterator> made_;
};

/// "lv" of "lǜ": without tones, ü as it is typed; empty for what is no syllable.
std::string plain(const icu::UnicodeString& reading) {
    UErrorCode status = U_ZERO_ERROR;
    const auto apart = icu::Normalizer2::getNFDInstance(status)->normalize(reading, status);
    must(status);
    std::string syllable;
    for (int32_t i = 0; i < apart.length(); ++i) {
        const auto unit = apart[i];
        if (unit == 0x0308 && !syllable.empty()) {
            syllable.back() = 'v';
        } else if (unit >= 'a' && unit <= 'z') {
            syllable += static_cast<char>(unit);
        } else if (u_charType(unit) != U_NON_SPACING_MARK) {
            return "";
        }
    }
    return syllable;
}

using Readings = std::map<UChar32, std::vector<std::string>>;

void add(Readings& readings, UChar32 character, const std::string& syllable) {
    auto& known = readings[character];
    for (const auto& one : known) {
        if (one == syllable) return;
    }
    known.push_back(syllable);
    // 绿 is typed lv and lu.
    if (const auto at = syllable.find('v'); at != std::string::npos)
        add(readings, character, std::string{syllable}.replace(at, 1, "u"));
}

void add_others(Readings& readings) {
    UChar32 character = 0;
    std::string syllable;
    const auto end = [&] {
        if (!syllable.empty()) add(readings, character, syllable);
        syllable.clear();
    };
    for (const char16_t unit : other_readings) {
        if (unit >= u'a' && unit <= u'z') {
            syllable += static_cast<char>(unit);
            continue;
        }
        end();
        if (unit >= first_character) character = unit;
    }
    end();
}

Readings all_readings() {
    const Transliterator latin{"Han-Latin"};
    Readings readings;
    for (auto character = first_character; character <= last_character; ++character) {
        const auto syllable = plain(latin.of(character));
        if (!syllable.empty()) add(readings, character, syllable);
    }
    add_others(readings);
    return readings;
}

/// The form that no further step changes, so that folding twice is folding once.
UChar32 simplest(const Transliterator& simplified, UChar32 character) {
    for (int step = 0; step < 4; ++step) {
        const auto next = simplified.of(character);
        if (next.length() != 1 || next[0] == character) break;
        if (next[0] < first_character || next[0] > last_character) break;
        character = next[0];
    }
    return character;
}

template <class Values>
void write(const char* name, const char* type, const Values& values) {
    std::cout << "extern const " << type << ' ' << name << "[];\nconst " << type << ' ' << name << "[] = {";
    std::size_t count = 0;
    for (const auto& value : values) std::cout << (count++ % 24 == 0 ? "\n" : "") << value << ',';
    std::cout << "};\n";
    std::cout << "extern const unsigned " << name << "_count;\nconst unsigned " << name
              << "_count = " << count << ";\n";
}

}  // namespace

int main() {
    const auto readings = all_readings();
    std::set<std::string> all;
    for (const auto& [character, syllables] : readings) all.insert(syllables.begin(), syllables.end());
    std::map<std::string, unsigned> numbers;  // From 1: 0 is no syllable.
    std::vector<std::string> quoted{"\"\""};
    for (const auto& syllable : all) {
        numbers[syllable] = static_cast<unsigned>(quoted.size());
        quoted.push_back('"' + syllable + '"');
    }
    const Transliterator to_simplified{"Traditional-Simplified"};
    std::vector<UChar32> forms;
    std::vector<unsigned> first_readings;
    std::vector<unsigned> more;  // A character, then one of its further readings.
    for (auto character = first_character; character <= last_character; ++character) {
        const auto form = simplest(to_simplified, character);
        forms.push_back(form);
        const auto found = readings.find(character);
        first_readings.push_back(found == readings.end() ? 0 : numbers.at(found->second.front()));
        if (found == readings.end()) continue;
        for (std::size_t i = 1; i < found->second.size(); ++i) {
            more.push_back(static_cast<unsigned>(character));
            more.push_back(numbers.at(found->second[i]));
        }
    }
    std::cout << "namespace shanhai::characters {\n\n";
    write("syllables", "char* const", quoted);
    write("simplified_forms", "unsigned short", forms);
    write("first_readings", "unsigned short", first_readings);
    write("further_readings", "unsigned short", more);
    std::cout << "\n}  // namespace shanhai::characters\n";
    return std::cout.good() ? 0 : 1;
}
