#include "identity/domain/common_passwords.hpp"

#include <array>

namespace shanhai::identity {
namespace {

// clang-format off
constexpr std::array<std::string_view, 356> words{
    "пароль", "йцукен", "привет", "любовь", "パスワード", "我爱你",
    "administrator", "woaizhongguo", "nongchanpin", "basketball", "contrasena", "guanliyuan", "motdepasse",
    "147258369", "741852963", "789456123", "963852741", "barcelona", "butterfly", "caocaocao", "certifier",
    "chocolate", "dianshang", "guangzhou", "instagram", "liverpool", "microsoft", "moonlight", "september",
    "shanhaiji", "something", "spiderman", "starlight", "superuser", "temporary", "wednesday", "woshishui",
    "zhangjing", "14789632", "baseball", "blahblah", "changeme", "computer", "corvette", "database",
    "december", "facebook", "february", "football", "hangzhou", "hezuoshe", "iloveyou", "internet",
    "jennifer", "mercedes", "merchant", "november", "operator", "passw0rd", "password", "passwort",
    "princess", "saturday", "security", "shanghai", "shenzhen", "starwars", "sunshine", "superman",
    "thursday", "username", "wangfang", "wangjing", "whatever", "xiaoming", "zhangmin", "zhangsan",
    "zhangwei", "zhaotong", "zhongguo", "1314520", "5201314", "7758258", "7758521", "account", "alibaba",
    "android", "anthony", "arsenal", "asshole", "auditor", "beijing", "brother", "charlie", "chelsea",
    "company", "default", "diamond", "example", "ferrari", "forever", "freedom", "friends", "fuckyou",
    "gongzuo", "goodbye", "ironman", "jackson", "january", "jessica", "kunming", "laogong", "letmein",
    "liberty", "loveyou", "manager", "mariadb", "matthew", "michael", "million", "mimashi", "minhang",
    "morning", "mustang", "network", "nihaoma", "nothing", "october", "phoenix", "pikachu", "pokemon",
    "porsche", "private", "qinghai", "rainbow", "samsung", "samurai", "service", "shanhai", "soldier",
    "tencent", "testing", "trustno", "tuesday", "twitter", "wangmin", "wangwei", "warrior", "website",
    "welcome", "william", "windows", "xiaofei", "yankees", "zhangli", "101010", "110119", "112233",
    "121212", "123123", "123321", "131313", "147258", "159357", "159753", "456789", "696969", "789456",
    "aabbcc", "abcabc", "access", "alipay", "always", "andrew", "ashley", "august", "autumn", "azerty",
    "banana", "bangfu", "baobao", "batman", "buster", "change", "cheese", "cherry", "coffee", "cookie",
    "daguan", "daniel", "dollar", "dragon", "dvorak", "family", "father", "flower", "friday", "friend",
    "fucker", "geheim", "george", "ginger", "golden", "google", "hacker", "harley", "hockey", "huawei",
    "hunter", "iloveu", "iphone", "jordan", "joshua", "killer", "knight", "lakers", "laoban", "lijing",
    "liming", "lovely", "madrid", "maggie", "master", "matrix", "mobile", "monday", "monkey", "mother",
    "naruto", "office", "online", "oracle", "orange", "parola", "passwd", "pepper", "prince", "qwerty",
    "qwertz", "robert", "sample", "secret", "secure", "server", "shadow", "shiyan", "signin", "silver",
    "sister", "soccer", "spring", "summer", "sunday", "system", "taobao", "tennis", "tester", "thomas",
    "toyota", "ubuntu", "wangli", "wangwu", "wechat", "weixin", "winter", "woaini", "woaiwo", "xiaomi",
    "yonghu", "yunnan", "10086", "12306", "admin", "angel", "apple", "april", "baidu", "bitch", "ceshi",
    "china", "doggy", "eagle", "enter", "guest", "happy", "hello", "hezuo", "honda", "horse", "kaifa",
    "kitty", "laopo", "linux", "liwei", "login", "logon", "lover", "lucky", "march", "miyao", "money",
    "mysql", "night", "nihao", "ninja", "panda", "peace", "phone", "puppy", "pussy", "queen", "redis",
    "senha", "staff", "tiger", "1314", "abcd", "aini", "asdf", "baba", "baby", "demo", "fuck", "fuwu",
    "gold", "golf", "july", "june", "king", "lina", "lion", "lisi", "love", "mama", "mima", "open", "pass",
    "qwer", "root", "sexy", "shit", "temp", "test", "user", "zxcv", "000", "111", "123", "321", "520",
    "521", "666", "888", "999", "abc", "xyz",
};
// clang-format on

}  // namespace

std::span<const std::string_view> common_words() { return words; }

}  // namespace shanhai::identity
