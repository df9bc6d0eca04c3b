//! Sign-in: the door, the door after an error, the choice of a post.

use web::{
    views::sign_in::{DemoAccount, PostChoice, PostOption, SignInError, SignInPage},
    words::Words,
};

use super::{Page, frame, page};

fn accounts() -> Vec<DemoAccount> {
    let account =
        |account: &str, person: &str, agency: &str, post: &str, place: &str, does: &str| DemoAccount {
            account: account.into(),
            person: person.into(),
            post: post.into(),
            agency: agency.into(),
            place: place.into(),
            does: does.into(),
        };
    vec![
        account(
            "city",
            "陈静",
            "市安委办",
            "督查科科长",
            "安康市",
            "销号、重大认定、督查上报",
        ),
        account(
            "housing",
            "何国栋",
            "市住房和城乡建设局",
            "质量安全科科长",
            "安康市",
            "主管行业认定",
        ),
        account(
            "county",
            "赵明远",
            "汉滨区应急管理局",
            "执法大队副大队长",
            "汉滨区",
            "判定、验收",
        ),
        account(
            "xunyang",
            "罗秀英",
            "旬阳市安委办",
            "综合股股长",
            "旬阳市",
            "判定、验收",
        ),
        account(
            "town",
            "周小兰",
            "张滩镇应急管理办公室",
            "安全专干",
            "汉滨区张滩镇",
            "巡检上报、无主点位整改",
        ),
        account(
            "plant",
            "刘志刚",
            "示例恒昌机械制造有限公司",
            "安全部部长",
            "汉滨区五里镇",
            "自查、整改",
        ),
        account(
            "discipline",
            "孙立",
            "市纪委监委",
            "第二监督检查室副主任",
            "安康市",
            "查看",
        ),
        account(
            "admin",
            "吴敏",
            "市应急管理局",
            "系统管理员",
            "安康市",
            "人员岗位、存证状态",
        ),
    ]
}

pub fn pages(words: Words) -> Vec<Page> {
    let door = SignInPage {
        frame: frame(words, "sign_in.title", None, None),
        demo_accounts: accounts(),
        then: "/".into(),
        ..SignInPage::default()
    };
    let wrong = SignInPage {
        username: "chenjing".into(),
        error: Some(SignInError {
            happened: words.get("sign_in.wrong").into(),
            next_step: words.get("sign_in.wrong_next").into(),
        }),
        demo_accounts: Vec::new(),
        ..door.clone()
    };
    let option = |id: &str, agency: &str, post: &str, place: &str, note: Option<&str>| PostOption {
        id: id.into(),
        post: post.into(),
        agency: agency.into(),
        place: place.into(),
        note: note.map(Into::into),
    };
    let posts = SignInPage {
        posts: Some(PostChoice {
            person: "赵明远".into(),
            ticket: "t-1".into(),
            posts: vec![
                option("p1", "汉滨区应急管理局", "执法大队副大队长", "汉滨区", None),
                option("p2", "汉滨区安委办", "联络员", "汉滨区", Some("至 2026-12-31")),
            ],
        }),
        ..door.clone()
    };
    vec![
        page("sign-in", door),
        page("sign-in-wrong", wrong),
        page("sign-in-posts", posts),
    ]
}
