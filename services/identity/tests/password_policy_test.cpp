#include "identity/domain/password_policy.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace shanhai::identity {
namespace {

std::string verdict(std::string_view password, std::string_view login = "liming") {
    const auto chosen = NewPassword::choose(password, *Login::parse(login));
    return chosen ? "" : chosen.error().fields().front().detail;
}

TEST(PasswordPolicy, RefusesWhatIsGuessedFirst) {
    for (const char* password : {
             "hello world!",
             "пароль123456",
             "qwertyuiop123",
             "iloveyouforever",
             "trustno1trustno1",
             "letmeinplease",
             "correcthorsebatterystaple",
             "asdfghjkl;12",
             "йцукен123456",
             "我爱你我爱你我爱你123",
             "password1234",
             "123456789012",
             "Password123!",
             "P@ssw0rd!2024",
             "passwordpassword",
             "qwertyuiop123",
             "1qaz2wsx3edc",
             "zaq12wsxcde3",
             "123qweasdzxc",
             "qazwsxedcrfv",
             "asdfghjkl;'\\",
             "aaaaaaaaaaaa",
             "111111111111",
             "abcabcabcabc",
             "abc123abc123",
             "a1b2c3d4e5f6",
             "abcdefghijkl",
             "letmein12345",
             "welcome12345",
             "admin1234567",
             "iloveyou1234",
             "woaini1314520",
             "5201314520131",
             "liwei19901010",
             "summer2024!!",
             "QWERTYqwerty1",
             "987654321012",
             "147258369147",
             "dragon123456",
             "ｐａｓｓｗｏｒｄ１２３４",
             "passw0rd2026",
             "Iloveyou!2026",
             "monkey monkey",
             "changeme2026",
             "adminadmin12",
             "zhangwei1234",
         }) {
        EXPECT_NE(verdict(password), "") << password << ' ' << guessable_parts(password);
    }
}

TEST(PasswordPolicy, RefusesRepeatedPictures) {
    std::string same;
    std::string two;
    std::string blessing;
    for (int i = 0; i < 12; ++i) same += "😀";
    for (int i = 0; i < 6; ++i) two += "😀🍜";
    for (int i = 0; i < 4; ++i) blessing += "福禄寿";
    EXPECT_NE(verdict(same), "");
    EXPECT_NE(verdict(two), "");
    EXPECT_NE(verdict(blessing), "");
}

TEST(PasswordPolicy, CountsCharactersAsPeopleDo) {
    EXPECT_NE(verdict("😀🍜🚀"), "") << "three characters in twelve bytes";
    EXPECT_NE(verdict("山中竹笋雨后春风十里"), "") << "ten characters in thirty bytes";
    EXPECT_EQ(verdict("竹外桃花三两枝春江水暖"
                      "鸭"),
              "");
    EXPECT_NE(verdict("eleven char"), "");
    EXPECT_EQ(verdict("twelve chars"), "");
    std::string long_one;
    while (long_one.size() < 201) long_one += "kbamzxpvw ";
    EXPECT_NE(verdict(long_one.substr(0, 201)), "");
}

TEST(PasswordPolicy, RefusesTheLoginAndThePlatformsName) {
    EXPECT_NE(verdict("secret-liming-2026-x"), "");
    EXPECT_NE(verdict("secret-LiMing-2026-x"), "");
    EXPECT_NE(verdict("kfgh li.ming zwtp", "li.ming@minhang"), "") << "the person before the @";
    EXPECT_NE(verdict("my-shanhai-desk-rocks"), "");
    EXPECT_NE(verdict("山海集的密码真难猜到啊哈"), "");
}

TEST(PasswordPolicy, TakesWhatPeopleCanRemember) {
    for (const char* password :
         {"a long pass phrase", "quiet bamboo in the rain", "correct horse battery staple",
          "bamboo and seven rivers", "nine crooked lanterns above the river", "k7wm-3fqx-9hdt-p4rc",
          "gE5!vTq-02xL", "xiaoshan you zhulin"}) {
        EXPECT_EQ(verdict(password), "") << password << ' ' << guessable_parts(password);
    }
}

TEST(PasswordPolicy, KeepsOneFormOfTheSameCharacters) {
    const auto composed = NewPassword::choose("caf\u00e9 au lait, deux", *Login::parse("liming"));
    const auto decomposed = NewPassword::choose("cafe\u0301 au lait, deux", *Login::parse("liming"));
    ASSERT_TRUE(composed && decomposed);
    EXPECT_EQ(composed->text(), decomposed->text());
}

RC_GTEST_PROP(PasswordPolicy, RefusesEveryRepetitionOfALittle, ()) {
    const auto unit = *rc::gen::container<std::string>(*rc::gen::inRange<std::size_t>(1, 4),
                                                       rc::gen::inRange<char>('a', 'z'));
    std::string password;
    while (password.size() < password_size_min) password += unit;
    RC_ASSERT(!NewPassword::choose(password, *Login::parse("0nobody")));
}

RC_GTEST_PROP(PasswordPolicy, AnswersForWhateverIsSent, (const std::string& bytes)) {
    const auto chosen = NewPassword::choose(bytes, *Login::parse("liming"));
    if (chosen) RC_ASSERT(guessable_parts(chosen->text()) >= password_parts_min);
}

}  // namespace
}  // namespace shanhai::identity
