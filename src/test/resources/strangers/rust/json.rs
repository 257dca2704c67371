use std::collections::HashMap;

#[derive(Debug, Clone)]
pub enum J {
    Null,
    Bool(bool),
    Num(f64),
    Str(String),
    Arr(Vec<J>),
    Obj(HashMap<String, J>),
}

impl J {
    pub fn s(&self, k: &str) -> String {
        match self {
            J::Obj(m) => m.get(k).map(|x| x.text()).unwrap_or_default(),
            _ => String::new(),
        }
    }
    pub fn n(&self, k: &str) -> usize {
        match self {
            J::Obj(m) => m.get(k).map(|x| x.num()).unwrap_or(0),
            _ => 0,
        }
    }
    pub fn a(&self, k: &str) -> Vec<J> {
        match self {
            J::Obj(m) => match m.get(k) {
                Some(J::Arr(v)) => v.clone(),
                _ => vec![],
            },
            _ => vec![],
        }
    }
    pub fn text(&self) -> String {
        if let J::Str(s) = self { s.clone() } else { String::new() }
    }
    pub fn num(&self) -> usize {
        if let J::Num(f) = self { *f as usize } else { 0 }
    }
}

pub fn quote(s: &str) -> String {
    let mut o = String::from("\"");
    for c in s.chars() {
        match c {
            '"' => o.push_str("\\\""),
            '\\' => o.push_str("\\\\"),
            '\n' => o.push_str("\\n"),
            c if (c as u32) < 32 => o.push_str(&format!("\\u{:04x}", c as u32)),
            c => o.push(c),
        }
    }
    o.push('"');
    o
}

pub struct P<'a> {
    c: std::iter::Peekable<std::str::Chars<'a>>,
}

pub fn parse(s: &str) -> Option<J> {
    P { c: s.chars().peekable() }.val()
}

impl<'a> P<'a> {
    fn ws(&mut self) {
        while let Some(c) = self.c.peek() {
            if c.is_whitespace() { self.c.next(); } else { break; }
        }
    }
    fn val(&mut self) -> Option<J> {
        self.ws();
        match *self.c.peek()? {
            '{' => {
                self.c.next();
                let mut m = HashMap::new();
                loop {
                    self.ws();
                    match *self.c.peek()? {
                        '}' => { self.c.next(); return Some(J::Obj(m)); }
                        ',' => { self.c.next(); }
                        _ => {
                            let k = self.string()?;
                            self.ws();
                            if self.c.next()? != ':' { return None; }
                            let v = self.val()?;
                            m.insert(k, v);
                        }
                    }
                }
            }
            '[' => {
                self.c.next();
                let mut v = vec![];
                loop {
                    self.ws();
                    match *self.c.peek()? {
                        ']' => { self.c.next(); return Some(J::Arr(v)); }
                        ',' => { self.c.next(); }
                        _ => v.push(self.val()?),
                    }
                }
            }
            '"' => Some(J::Str(self.string()?)),
            _ => {
                let mut w = String::new();
                while let Some(&c) = self.c.peek() {
                    if c.is_alphanumeric() || c == '-' || c == '+' || c == '.' { w.push(c); self.c.next(); } else { break; }
                }
                match w.as_str() {
                    "true" => Some(J::Bool(true)),
                    "false" => Some(J::Bool(false)),
                    "null" => Some(J::Null),
                    _ => w.parse().ok().map(J::Num),
                }
            }
        }
    }
    fn hex4(&mut self) -> Option<u32> {
        let mut x = 0;
        for _ in 0..4 { x = x * 16 + self.c.next()?.to_digit(16)?; }
        Some(x)
    }
    fn string(&mut self) -> Option<String> {
        if self.c.next()? != '"' { return None; }
        let mut o = String::new();
        loop {
            match self.c.next()? {
                '"' => return Some(o),
                '\\' => match self.c.next()? {
                    'n' => o.push('\n'),
                    't' => o.push('\t'),
                    'r' => o.push('\r'),
                    'b' => o.push('\u{8}'),
                    'f' => o.push('\u{c}'),
                    'u' => {
                        let mut x = self.hex4()?;
                        if (0xd800..0xdc00).contains(&x) {
                            self.c.next();
                            self.c.next();
                            let y = self.hex4()?;
                            x = 0x10000 + ((x - 0xd800) << 10) + y.wrapping_sub(0xdc00);
                        }
                        o.push(char::from_u32(x).unwrap_or('?'));
                    }
                    c => o.push(c),
                },
                c => o.push(c),
            }
        }
    }
}
