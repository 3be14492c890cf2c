//! From marked-up text to paragraphs parted by blank lines.

use trafilatura::dom::{Document, NodeId};

/// Elements whose words stand apart from those before and after.
const BLOCKS: [&str; 38] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "td",
    "tr",
    "ul",
];

/// Elements without words for readers.
const SILENT: [&str; 10] =
    ["script", "style", "noscript", "template", "svg", "iframe", "head", "select", "textarea", "button"];

enum Step {
    Enter(NodeId),
    Leave,
}

/// The words of a piece of HTML in paragraphs; text without any markup is read as it is.
pub(crate) fn fragment(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return paragraphs(html);
    }
    let Ok(html) = super::lean::lean(html) else { return String::new() };
    let doc = Document::parse(&html);
    let mut out = Paragraphs::default();
    let mut stack: Vec<Step> =
        doc.child_nodes(doc.body().unwrap_or_else(|| doc.root())).into_iter().rev().map(Step::Enter).collect();
    while let Some(step) = stack.pop() {
        let Step::Enter(node) = step else {
            out.part();
            continue;
        };
        if doc.is_text(node) {
            out.words(&doc.outer_html(node));
        } else if doc.is_element(node) {
            let tag = doc.tag_name(node);
            if SILENT.contains(&tag) {
                continue;
            }
            if tag == "br" {
                out.line();
            } else if BLOCKS.contains(&tag) {
                out.part();
                stack.push(Step::Leave);
            }
            stack.extend(doc.child_nodes(node).into_iter().rev().map(Step::Enter));
        }
    }
    out.part();
    out.text
}

fn paragraphs(text: &str) -> String {
    let mut out = Paragraphs::default();
    for block in text.replace("\r\n", "\n").split("\n\n") {
        out.words(block);
        out.part();
    }
    out.text
}

#[derive(Default)]
struct Paragraphs {
    text: String,
    /// The paragraph that is being written.
    open: String,
    /// White space before the next word.
    space: bool,
    breaks: usize,
}

impl Paragraphs {
    fn words(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}' {
                self.space = true;
                continue;
            }
            match self.breaks {
                0 => {}
                1 if !self.open.is_empty() => self.open.push('\n'),
                1 => {}
                _ => self.part(),
            }
            if self.space && self.breaks == 0 && !self.open.is_empty() {
                self.open.push(' ');
            }
            self.space = false;
            self.breaks = 0;
            self.open.push(c);
        }
    }

    /// A line break inside a paragraph; two of them end it.
    fn line(&mut self) {
        self.breaks += 1;
    }

    fn part(&mut self) {
        if !self.open.is_empty() {
            if !self.text.is_empty() {
                self.text.push_str("\n\n");
            }
            self.text.push_str(&self.open);
            self.open.clear();
        }
        self.space = false;
        self.breaks = 0;
    }
}
