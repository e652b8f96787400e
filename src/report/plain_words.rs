//! The model's words for people who meet them for the first time.

use crate::plan::{Lever, Link};

/// What a lever is about, as the end of "Close, that is …".
pub(super) const fn lever(lever: Lever) -> &'static str {
    match lever {
        Lever::Spend => "how much money is put in",
        Lever::Link(link) => self::link(link),
    }
}

/// What a link's rate tells.
pub(super) const fn link(link: Link) -> &'static str {
    match link {
        Link::Invest => "what it costs to run a channel",
        Link::Reach => "how many people a channel brings",
        Link::Depth => "how many pages a visitor looks at",
        Link::Consult => "how many of those who look come to ask",
        Link::Close => "how many of those who ask come to buy",
        Link::Repurchase => "how often a buyer orders again",
        Link::Refer => "how often a buyer brings another one",
        Link::Value => "what one order leaves",
    }
}

/// Words that reports use, each with what it means, for the end of a report.
pub(super) const GLOSSARY: [(&str, &str); 15] = [
    ("Cost", "the money paid for a channel, and the hours of staff put into it at what an hour costs"),
    ("Methods", "the channels at work: those with a cost, with actions or with visitors"),
    ("UV, PV", "unique visitors, and the pages that they looked at"),
    ("Gross profit", "what is left of the revenue once what was sold is paid for: margin × revenue"),
    ("Profit", "gross profit less cost"),
    ("1 in → 1.50 out", "the multiple: for each 1 of cost, so much gross profit came back; below 1 money was lost"),
    ("ROI", "return on investment: the multiple less 1, as a percentage"),
    ("ROAS", "return on ad spend: revenue for each 1 paid"),
    ("CAC", "customer acquisition cost: cost for each new customer"),
    (
        "80% interval",
        "where the true rate lies with a probability of 80%, as far as the counts tell; wide where they are few",
    ),
    ("Reference", "what a rate could become: the target that was set, or what a good channel of the same plan reaches"),
    ("Headroom", "what reaching the reference in every channel would bring"),
    ("Sure", "how probable it is, as far as the counts tell, that a rate lies below its reference: that there is room"),
    ("Regret", "what would be gained on average if all rates were known exactly before one link is chosen"),
    (
        "Firm, likely",
        "a firm verdict of a test holds however often one looked; a likely one is what the counts say now",
    ),
];
