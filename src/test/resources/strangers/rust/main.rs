mod json;
use json::{parse, quote, J};
use std::collections::{HashMap, HashSet};
use std::net::UdpSocket;
use std::time::{Duration, Instant};

const BEAT: u64 = 120;
const CHUNK: usize = 100;

#[derive(PartialEq)]
enum Role { Sheep, Runner, Boss }

struct Entry { t: usize, k: String, v: String }

struct Node {
    sock: UdpSocket,
    port: u16,
    me: String,
    others: Vec<String>,
    role: Role,
    boss: String,
    term: usize,
    voted: bool,
    yes: HashSet<String>,
    log: Vec<Entry>,
    done: usize, // number of entries committed + applied
    kv: HashMap<String, String>,
    have: HashMap<String, usize>,
    open: HashMap<usize, (String, String)>, // log pos -> client, MID
    deadline: Instant,
    beat: Instant,
    seed: u64,
}

impl Node {
    fn send(&self, dst: &str, typ: &str, rest: &str) {
        let m = format!("{{\"src\":\"{}\",\"dst\":\"{}\",\"leader\":\"{}\",\"type\":\"{}\"{}}}", self.me, dst, self.boss, typ, rest);
        if let Err(e) = self.sock.send_to(m.as_bytes(), ("127.0.0.1", self.port)) {
            eprintln!("send: {}", e);
        }
    }

    fn snooze(&mut self) {
        self.seed ^= self.seed << 13;
        self.seed ^= self.seed >> 7;
        self.seed ^= self.seed << 17;
        self.deadline = Instant::now() + Duration::from_millis(350 + self.seed % 350);
    }

    fn majority(&self) -> usize { (self.others.len() + 1) / 2 + 1 }

    fn last_term(&self) -> usize { self.log.last().map_or(0, |e| e.t) }

    // send everything from position `at` on (at most CHUNK)
    fn give(&self, dst: &str, at: usize) {
        let at = at.min(self.log.len());
        let pt = if at == 0 { 0 } else { self.log[at - 1].t };
        let es: Vec<String> = self.log[at..].iter().take(CHUNK)
            .map(|e| format!("[{},{},{}]", e.t, quote(&e.k), quote(&e.v))).collect();
        self.send(dst, "ent", &format!(",\"t\":{},\"at\":{},\"pt\":{},\"c\":{},\"es\":[{}]", self.term, at, pt, self.done, es.join(",")));
    }

    fn heartbeat(&mut self) {
        self.send("FFFF", "hb", &format!(",\"t\":{},\"c\":{}", self.term, self.done));
        self.beat = Instant::now() + Duration::from_millis(BEAT);
    }

    fn sheep(&mut self, t: usize) {
        if t > self.term {
            self.term = t;
            self.voted = false;
            self.boss = "FFFF".to_string();
        }
        self.role = Role::Sheep;
        let open = std::mem::take(&mut self.open);
        for (_, (who, mid)) in open {
            self.send(&who, "fail", &format!(",\"MID\":{}", quote(&mid)));
        }
    }

    fn run(&mut self) {
        self.term += 1;
        self.role = Role::Runner;
        self.voted = true;
        self.boss = "FFFF".to_string();
        self.yes.clear();
        self.yes.insert(self.me.clone());
        self.snooze();
        self.send("FFFF", "elect", &format!(",\"t\":{},\"n\":{},\"lt\":{}", self.term, self.log.len(), self.last_term()));
    }

    fn win(&mut self) {
        eprintln!("{} is boss in {}", self.me, self.term);
        self.role = Role::Boss;
        self.boss = self.me.clone();
        self.have.clear();
        self.heartbeat();
        // find out who has what
        self.give("FFFF", self.log.len());
    }

    fn apply_to(&mut self, n: usize) {
        while self.done < n && self.done < self.log.len() {
            let e = &self.log[self.done];
            self.kv.insert(e.k.clone(), e.v.clone());
            if let Some((who, mid)) = self.open.remove(&self.done) {
                self.send(&who, "ok", &format!(",\"MID\":{}", quote(&mid)));
            }
            self.done += 1;
        }
    }

    fn handle(&mut self, m: J) {
        let src = m.s("src");
        let t = m.n("t");
        match m.s("type").as_str() {
            "get" | "put" => self.client(&m),
            "hb" => {
                if t < self.term { return; }
                self.follow(t, &src);
                let c = m.n("c");
                self.apply_to(c);
                if self.log.len() < c {
                    self.send(&src, "miss", &format!(",\"n\":{}", self.log.len()));
                }
            }
            "ent" => {
                if t < self.term { return; }
                self.follow(t, &src);
                let at = m.n("at");
                if at > self.log.len() {
                    self.send(&src, "miss", &format!(",\"n\":{}", self.log.len()));
                    return;
                }
                if at > 0 && self.log[at - 1].t != m.n("pt") {
                    self.send(&src, "miss", &format!(",\"n\":{}", at - 1));
                    return;
                }
                self.log.truncate(at);
                for e in m.a("es") {
                    if let J::Arr(x) = e {
                        self.log.push(Entry { t: x[0].num(), k: x[1].text(), v: x[2].text() });
                    }
                }
                self.apply_to(m.n("c"));
                self.send(&src, "got", &format!(",\"n\":{}", self.log.len()));
            }
            "got" => {
                if self.role != Role::Boss { return; }
                self.have.insert(src, m.n("n"));
                let mut v: Vec<usize> = self.others.iter().map(|o| *self.have.get(o).unwrap_or(&0)).collect();
                v.push(self.log.len());
                v.sort();
                v.reverse();
                let n = v[self.majority() - 1];
                self.apply_to(n);
            }
            "miss" => {
                if self.role == Role::Boss { self.give(&src, m.n("n")); }
            }
            "elect" => {
                if t > self.term { self.sheep(t); }
                if t < self.term || self.voted { return; }
                if (m.n("lt"), m.n("n")) >= (self.last_term(), self.log.len()) {
                    self.voted = true;
                    self.snooze();
                    self.send(&src, "yes", &format!(",\"t\":{}", t));
                }
            }
            "yes" => {
                if self.role == Role::Runner && t == self.term {
                    self.yes.insert(src);
                    if self.yes.len() >= self.majority() { self.win(); }
                }
            }
            _ => {}
        }
    }

    fn follow(&mut self, t: usize, src: &str) {
        self.sheep(t);
        self.boss = src.to_string();
        self.snooze();
    }

    fn client(&mut self, m: &J) {
        let src = m.s("src");
        let mid = format!(",\"MID\":{}", quote(&m.s("MID")));
        if self.role != Role::Boss {
            if self.boss == "FFFF" {
                self.send(&src, "fail", &mid);
            } else {
                self.send(&src, "redirect", &mid);
            }
            return;
        }
        if m.s("type") == "get" {
            let v = self.kv.get(&m.s("key")).cloned().unwrap_or_default();
            self.send(&src, "ok", &format!("{},\"value\":{}", mid, quote(&v)));
        } else {
            let at = self.log.len();
            self.log.push(Entry { t: self.term, k: m.s("key"), v: m.s("value") });
            self.open.insert(at, (src, m.s("MID")));
            self.give("FFFF", at);
        }
    }
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let sock = UdpSocket::bind("127.0.0.1:0").unwrap();
    sock.set_read_timeout(Some(Duration::from_millis(10))).unwrap();
    let now = Instant::now();
    let mut n = Node {
        sock,
        port: args[1].parse().unwrap(),
        me: args[2].clone(),
        others: args[3..].to_vec(),
        role: Role::Sheep,
        boss: "FFFF".to_string(),
        term: 0,
        voted: false,
        yes: HashSet::new(),
        log: vec![],
        done: 0,
        kv: HashMap::new(),
        have: HashMap::new(),
        open: HashMap::new(),
        deadline: now,
        beat: now,
        seed: std::process::id() as u64 * 2654435761 + 12345,
    };
    n.snooze();
    n.send("FFFF", "hello", "");
    let mut buf = vec![0u8; 65536];
    loop {
        if let Ok((len, _)) = n.sock.recv_from(&mut buf) {
            let s = String::from_utf8_lossy(&buf[..len]).to_string();
            if let Some(m) = parse(&s) { n.handle(m); }
        }
        let now = Instant::now();
        if n.role == Role::Boss {
            if now >= n.beat { n.heartbeat(); }
        } else if now >= n.deadline {
            n.run();
        }
    }
}
