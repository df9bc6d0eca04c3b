//! What the document is: title, kind, speaker, issuer, number, date, whom it is addressed to, and where its head ends.
//!
//! Only what the text says. A fact that it does not hold stays unknown.

use crate::{
    deadline::{self, Day},
    outline::{self, Order},
    segment::Segment,
    text::{blank, han, stop, tight},
    words::WORDS,
};

#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub title: Option<String>,
    pub kind: Option<usize>,
    pub speaker: Option<String>,
    pub issuer: Option<String>,
    pub number: Option<String>,
    pub date: Option<Day>,
    pub addressees: Vec<String>,
    /// Segments before this one are the document's head.
    pub body_from: usize,
    /// Segments from this one on are signature and date.
    pub body_to: usize,
}

impl Facts {
    pub(crate) fn kind_id(&self) -> Option<&'static str> {
        self.kind.map(|kind| WORDS.kind[kind].id.as_str())
    }

    pub(crate) fn orders(&self) -> bool {
        self.kind.is_none_or(|kind| WORDS.kind[kind].orders)
    }
}

/// Segments among which the head is looked for.
const HEAD: usize = 14;
const TITLE: usize = 90;

/// The facts; splits the title off the first sentence where both run together.
pub(crate) fn facts(text: &str, segments: &mut Vec<Segment>) -> Facts {
    glued_title(text, segments);
    let mut facts = Facts {
        body_to: segments.len(),
        ..Facts::default()
    };
    find_title(text, segments, &mut facts);
    head(text, segments, &mut facts);
    signature(text, segments, &mut facts);
    if facts.date.is_none() {
        facts.date = dated_head(text, segments, &facts);
    }
    kind(text, segments, &mut facts);
    if let Some(title) = &facts.title {
        facts.speaker = speaker(title);
        if facts.issuer.is_none() {
            facts.issuer = title
                .split_once("关于")
                .map(|(issuer, _)| issuer.trim())
                .filter(|issuer| {
                    (4..=40).contains(&issuer.chars().count()) && issuer.chars().all(|c| han(c) || c == ' ')
                })
                .map(str::to_owned);
        }
    }
    facts
}

/// …会议上的讲话(2021年1月22日)今天…: the head has run into the text.
fn glued_title(text: &str, segments: &mut Vec<Segment>) {
    let Some(first) = segments.first().cloned() else {
        return;
    };
    let words = &text[first.range.clone()];
    let start: usize = words.chars().take(TITLE).map(char::len_utf8).sum();
    let Some(open) = words[..start].find(['（', '(']) else {
        return;
    };
    let Some(close) = words[open..].find(['）', ')']).map(|at| open + at) else {
        return;
    };
    let after = close + words[close..].chars().next().map_or(1, char::len_utf8);
    if after >= words.len() || close - open > 60 || deadline::whole(&words[open..close]).is_none() {
        return;
    }
    let place = first.range.start + after;
    let lead =
        text[place..first.range.end].len() - text[place..first.range.end].trim_start_matches(blank).len();
    if place + lead >= first.range.end {
        return;
    }
    segments[0] = Segment {
        range: first.range.start..place,
        stop: '\n',
        ..first.clone()
    };
    segments.insert(
        1,
        Segment {
            range: place + lead..first.range.end,
            first: false,
            ..first
        },
    );
}

fn find_title(text: &str, segments: &[Segment], facts: &mut Facts) {
    let lines = |place: usize| tight(&text[segments[place].range.clone()]);
    let mut fallback = None;
    let mut body_from = 0;
    for (place, segment) in segments.iter().enumerate().take(HEAD) {
        let words = &text[segment.range.clone()];
        if segment.stop != '\n' || words.chars().count() > TITLE + 40 {
            break;
        }
        if facts.number.is_none() {
            facts.number = number(words);
        }
        let line = lines(place);
        let bare = bare_title(&line);
        let kinds = WORDS
            .kind
            .iter()
            .any(|kind| kind.titles.iter().any(|end| bare.ends_with(end.as_str())));
        let fits = (5..=TITLE).contains(&bare.chars().count())
            && !line.contains(['|', '\t', '：'])
            && !words.contains(['|', '\t']);
        if kinds && fits {
            facts.title = Some(bare.to_owned());
            body_from = place + 1;
            break;
        }
        // A title over two lines: 关于做好…工作的 / 通知
        if line.contains("关于")
            && let Some(next) = segments.get(place + 1).filter(|next| next.stop == '\n')
        {
            let both = format!("{line}{}", tight(&text[next.range.clone()]));
            let bare = bare_title(&both);
            if bare.chars().count() <= TITLE
                && WORDS
                    .kind
                    .iter()
                    .any(|kind| kind.titles.iter().any(|end| bare.ends_with(end.as_str())))
            {
                facts.title = Some(bare.to_owned());
                body_from = place + 2;
                break;
            }
        }
        if fallback.is_none()
            && fits
            && !line.contains('〔')
            && outline::mark(words).is_none()
            && line.chars().filter(|c| han(*c)).count() >= 4
        {
            fallback = Some((bare.to_owned(), place + 1));
        }
    }
    if facts.title.is_none()
        && let Some((title, from)) = fallback
    {
        facts.title = Some(title);
        body_from = from;
    }
    facts.body_from = body_from;
}

/// A title without what stands behind it: date in brackets, number, 试行.
fn bare_title(line: &str) -> &str {
    let mut title = line.trim();
    loop {
        let before = title;
        if title.ends_with(['）', ')'])
            && let Some(open) = title.rfind(['（', '('])
            && open > 9
            && title[open..].chars().count() <= 24
        {
            title = title[..open].trim_end();
        }
        if let Some(open) = title.rfind(['〔', '[']).filter(|_| title.ends_with('号')) {
            // The number's own letters stand before the bracket: 国能综通安全〔2021〕108号
            let ends = [
                "通知", "意见", "通报", "方案", "公告", "函", "报告", "批复", "办法", "规定", "计划",
            ];
            let head = &title[..open];
            if let Some(end) = ends
                .iter()
                .filter_map(|end| head.rfind(end).map(|at| at + end.len()))
                .max()
            {
                title = title[..end].trim_end();
            }
        }
        if title == before {
            return title;
        }
    }
}

/// 安委〔2021〕3号
fn number(line: &str) -> Option<String> {
    let open = line.find(['〔', '[', '［', '﹝'])?;
    let (before, after) = line.split_at(open);
    let inner: String = after.chars().skip(1).take(4).collect();
    let close = after.chars().nth(5)?;
    if !matches!(close, '〕' | ']' | '］' | '﹞') || !inner.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let name: String = before
        .chars()
        .rev()
        .take_while(|c| han(*c))
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    let rest: String = after.chars().skip(6).take(24).collect();
    let end = rest.find('号')?;
    let digits = tight(&rest[..end]);
    ((1..=16).contains(&name.chars().count()) && digits.chars().any(|c| c.is_ascii_digit()))
        .then(|| format!("{name}〔{inner}〕{digits}号"))
}

fn head(text: &str, segments: &[Segment], facts: &mut Facts) {
    for (place, segment) in segments.iter().enumerate().take(HEAD) {
        let words = &text[segment.range.clone()];
        if place >= facts.body_from
            && facts.number.is_none()
            && segment.stop == '\n'
            && words.chars().count() < 40
        {
            facts.number = number(words);
            if facts.number.is_some() && place == facts.body_from {
                facts.body_from = place + 1;
                continue;
            }
        }
        if place < facts.body_from {
            continue;
        }
        let alone = segment.first && segment.stop == '\n';
        if alone && place == facts.body_from && words.chars().count() < 40 {
            // A date or a place under the title.
            if deadline::whole(words).is_some() && !words.ends_with(['：', ':']) {
                facts.date = facts.date.or(deadline::whole(words).map(|(day, _)| day));
                facts.body_from = place + 1;
                continue;
            }
        }
        if alone
            && words.ends_with(['：', ':'])
            && facts.addressees.is_empty()
            && outline::mark(words).is_none()
            && ![
                "如下",
                "议题",
                "时间",
                "地点",
                "领导",
                "同志们",
                "附件",
                "内容",
                "名称",
                "签发",
                "编号",
            ]
            .iter()
            .any(|word| words.contains(word))
        {
            let names = crate::bodies::listed(words.trim_end_matches(['：', ':']));
            if names.first().is_some_and(|name| crate::bodies::is_body(name)) {
                facts.addressees = names;
                facts.body_from = place + 1;
            }
            return;
        }
        if !segment.first || segment.stop != '\n' {
            return;
        }
    }
}

/// The last lines: whoever signs, the date under it.
fn signature(text: &str, segments: &[Segment], facts: &mut Facts) {
    for place in (facts.body_from..segments.len()).rev().take(8) {
        let segment = &segments[place];
        let words = text[segment.range.clone()].trim();
        if segment.stop != '\n' || words.chars().count() > 30 {
            continue;
        }
        let Some((day, range)) = deadline::whole(words) else {
            continue;
        };
        let rest = words.len() - range.len();
        // 国家能源局 2021年12月6日 on one line
        if rest > 60
            || words[range.end..]
                .chars()
                .any(|c| han(c) && c != '印' && c != '发')
        {
            continue;
        }
        facts.date = Some(day);
        let same = words[..range.start].trim_matches(blank);
        let above = place
            .checked_sub(1)
            .filter(|above| *above >= facts.body_from)
            .map(|above| &segments[above])
            .filter(|above| above.stop == '\n' && above.first)
            .map(|above| text[above.range.clone()].trim().to_owned())
            .filter(|words| {
                words.chars().count() <= 30 && words.chars().all(|c| han(c) || matches!(c, ' ' | '（' | '）'))
            });
        facts.body_to = place;
        if same.chars().count() >= 4 {
            facts.issuer = Some(tight(same));
        } else if let Some(above) = above {
            facts.issuer = Some(tight(&above));
            facts.body_to = place - 1;
        }
        return;
    }
}

fn dated_head(text: &str, segments: &[Segment], facts: &Facts) -> Option<Day> {
    let labels = ["发布时间", "会议时间", "时间", "日期", "签发", "时　　间"];
    let head = segments
        .iter()
        .take(HEAD)
        .map(|segment| &text[segment.range.clone()]);
    for words in head.clone() {
        let near: String = words.chars().take(60).collect();
        if labels.iter().any(|label| tight(&near).contains(label))
            && let Some((day, _)) = deadline::whole(words)
        {
            return Some(day);
        }
    }
    // (2021年1月22日) behind the title
    let title = segments
        .iter()
        .take(facts.body_from.max(1))
        .find_map(|segment| deadline::whole(&text[segment.range.clone()]));
    if let Some((day, _)) = title {
        return Some(day);
    }
    segments.iter().take(40).find_map(|segment| {
        let words = &text[segment.range.clone()];
        deadline::whole(words).map(|(day, _)| day)
    })
}

fn kind(text: &str, segments: &[Segment], facts: &mut Facts) {
    let articles = segments
        .iter()
        .filter(|segment| segment.first)
        .filter(|segment| {
            outline::mark(&text[segment.range.clone()]).is_some_and(|mark| mark.order == Order::Article)
        })
        .take(3)
        .count();
    let named = |id: &str| WORDS.kind.iter().position(|kind| kind.id == id);
    if articles >= 3 {
        facts.kind = named("regulation");
        return;
    }
    if let Some(title) = &facts.title {
        let title = title.trim_end_matches(['》', '”']);
        facts.kind = WORDS
            .kind
            .iter()
            .enumerate()
            .flat_map(|(place, kind)| kind.titles.iter().map(move |end| (place, end)))
            .filter(|(_, end)| title.ends_with(end.as_str()))
            .max_by_key(|(place, end)| (end.len(), std::cmp::Reverse(*place)))
            .map(|(place, _)| place);
        if facts.kind.is_none() {
            // A message says 召开 in its title; a rule or a report is only known by how its title ends.
            let within = |id: &str| {
                let place = named(id)?;
                WORDS.kind[place]
                    .titles
                    .iter()
                    .any(|word| title.contains(word.as_str()))
                    .then_some(place)
            };
            facts.kind = [
                "news",
                "speech",
                "minutes",
                "instruction",
                "feedback",
                "notice",
                "plan",
            ]
            .into_iter()
            .find_map(within);
        }
    }
    // A page of announcements may hold a paper that is addressed to offices: that is a notice, whatever the page is called.
    if facts.kind == named("publication")
        && facts
            .addressees
            .iter()
            .any(|name| name.contains(['局', '府', '委', '办']))
    {
        facts.kind = named("notice");
    }
    if facts.kind.is_none() {
        let start: String = segments
            .iter()
            .take(6)
            .map(|segment| &text[segment.range.clone()])
            .collect();
        let public = [
            "进行公示",
            "予以公示",
            "公示如下",
            "公告如下",
            "现予公布",
            "公示期",
        ];
        if public.iter().any(|word| start.contains(word)) {
            facts.kind = named("publication");
        } else if ["会议纪要", "会议记录", "会议议题", "参会人员"]
            .iter()
            .any(|word| tight(&start).contains(word))
        {
            facts.kind = named("minutes");
        }
    }
}

/// 赵某某同志在…上的讲话; posts before the name stay off.
fn speaker(title: &str) -> Option<String> {
    let at = title.find("同志在").or_else(|| title.find("同志"))?;
    let before = &title[..at];
    let posts = [
        "书记",
        "市长",
        "县长",
        "区长",
        "局长",
        "主任",
        "省长",
        "部长",
        "副市长",
        "厅长",
    ];
    let from = posts
        .iter()
        .filter_map(|post| before.rfind(post).map(|at| at + post.len()))
        .max()
        .unwrap_or(0);
    let name = before[from..].trim_matches(|c: char| blank(c) || stop(c));
    (2..=4).contains(&name.chars().count()).then(|| name.to_owned())
}
