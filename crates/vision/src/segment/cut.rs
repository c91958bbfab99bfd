//! The cheapest cut between two terminals (Boykov and Kolmogorov, 2004): two trees grow from the terminals; where
//! they meet, flow is pushed; what loses its parent is adopted or set free.

use std::collections::VecDeque;

/// Capacities are whole numbers, so that no rounding decides a cut: this many to one.
const UNIT: f32 = 1024.0;

const NONE: u32 = u32::MAX;

/// The parent of a node that hangs on its terminal.
const TERMINAL: u32 = u32::MAX - 1;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tree {
    Free,
    Source,
    Sink,
}

struct Arc {
    to: u32,
    next: u32,
    left: i64,
}

/// A graph whose nodes hang between a source and a sink.
pub(super) struct Graph {
    arcs: Vec<Arc>,
    first: Vec<u32>,
    /// What is left from the source if positive, to the sink if negative.
    terminal: Vec<i64>,
    tree: Vec<Tree>,
    /// The arc to the parent.
    parent: Vec<u32>,
    active: VecDeque<u32>,
    orphans: VecDeque<u32>,
}

#[allow(clippy::cast_possible_truncation, reason = "costs are far below the range")]
fn whole(capacity: f32) -> i64 {
    (capacity * UNIT).round() as i64
}

#[allow(clippy::cast_possible_truncation, reason = "a picture of 128 by 128 has 65,000 pairs of arcs")]
const fn id(at: usize) -> u32 {
    at as u32
}

impl Graph {
    pub(super) fn new(nodes: usize, edges: usize) -> Self {
        Self {
            arcs: Vec::with_capacity(edges * 2),
            first: vec![NONE; nodes],
            terminal: vec![0; nodes],
            tree: vec![Tree::Free; nodes],
            parent: vec![NONE; nodes],
            active: VecDeque::new(),
            orphans: VecDeque::new(),
        }
    }

    /// What it costs to put a node on the sink's side, and on the source's.
    pub(super) fn terminal(&mut self, node: usize, from_source: f32, to_sink: f32) {
        self.terminal[node] = whole(from_source - to_sink);
    }

    /// What it costs to part two nodes.
    pub(super) fn edge(&mut self, a: usize, b: usize, capacity: f32) {
        let left = whole(capacity);
        for (from, to) in [(a, b), (b, a)] {
            let arc = Arc { to: id(to), next: self.first[from], left };
            self.first[from] = id(self.arcs.len());
            self.arcs.push(arc);
        }
    }

    /// Cuts. Says of each node whether it is on the source's side.
    pub(super) fn cut(mut self) -> Vec<bool> {
        for node in 0..self.terminal.len() {
            self.tree[node] = match self.terminal[node] {
                left if left > 0 => Tree::Source,
                left if left < 0 => Tree::Sink,
                _ => continue,
            };
            self.parent[node] = TERMINAL;
            self.active.push_back(id(node));
        }
        while let Some(node) = self.active.front().copied() {
            let meeting = self.grow(node as usize);
            match meeting {
                Some(arc) => {
                    self.push(arc);
                    while let Some(orphan) = self.orphans.pop_front() {
                        self.adopt(orphan as usize);
                    }
                }
                None => {
                    self.active.pop_front();
                }
            }
        }
        self.tree.iter().map(|tree| *tree == Tree::Source).collect()
    }

    /// What can still flow from the parent's side along an arc that leaves a node of this tree.
    fn open(&self, tree: Tree, arc: u32) -> i64 {
        let arc = if tree == Tree::Source { arc } else { arc ^ 1 };
        self.arcs[arc as usize].left
    }

    /// Takes free neighbours in. Gives the arc from the source's tree to the sink's where they meet.
    fn grow(&mut self, node: usize) -> Option<u32> {
        let tree = self.tree[node];
        if tree == Tree::Free {
            return None;
        }
        let mut arc = self.first[node];
        while arc != NONE {
            let to = self.arcs[arc as usize].to as usize;
            if self.open(tree, arc) > 0 {
                match self.tree[to] {
                    Tree::Free => {
                        self.tree[to] = tree;
                        self.parent[to] = arc ^ 1;
                        self.active.push_back(id(to));
                    }
                    other if other != tree => return Some(if tree == Tree::Source { arc } else { arc ^ 1 }),
                    _ => {}
                }
            }
            arc = self.arcs[arc as usize].next;
        }
        None
    }

    /// The arcs from a node to its terminal.
    fn path(&self, mut node: usize) -> (Vec<u32>, usize) {
        let mut arcs = Vec::new();
        while self.parent[node] != TERMINAL {
            arcs.push(self.parent[node]);
            node = self.arcs[self.parent[node] as usize].to as usize;
        }
        (arcs, node)
    }

    /// Pushes what fits along the path through a meeting arc; nodes cut off become orphans.
    fn push(&mut self, meeting: u32) {
        let source_end = self.arcs[(meeting ^ 1) as usize].to as usize;
        let sink_end = self.arcs[meeting as usize].to as usize;
        let (up, root) = self.path(source_end);
        let (down, leaf) = self.path(sink_end);
        // On the source's side flow goes from parent to child, against the arc to the parent.
        let forward = up.iter().map(|arc| arc ^ 1).chain([meeting]).chain(down.iter().copied());
        let forward: Vec<u32> = forward.collect();
        let narrowest = forward.iter().map(|arc| self.arcs[*arc as usize].left).min().unwrap_or(0);
        let flow = narrowest.min(self.terminal[root]).min(-self.terminal[leaf]);
        for arc in &forward {
            self.arcs[*arc as usize].left -= flow;
            self.arcs[(arc ^ 1) as usize].left += flow;
        }
        self.terminal[root] -= flow;
        self.terminal[leaf] += flow;
        for (node, end) in [(root, self.terminal[root]), (leaf, self.terminal[leaf])] {
            if end == 0 {
                self.orphan(node);
            }
        }
        for arc in up {
            if self.arcs[(arc ^ 1) as usize].left == 0 {
                self.orphan(self.arcs[(arc ^ 1) as usize].to as usize);
            }
        }
        for arc in down {
            if self.arcs[arc as usize].left == 0 {
                self.orphan(self.arcs[(arc ^ 1) as usize].to as usize);
            }
        }
    }

    fn orphan(&mut self, node: usize) {
        self.parent[node] = NONE;
        self.orphans.push_front(id(node));
    }

    /// How far a node is from its terminal; `None` if an orphan is between.
    fn depth(&self, mut node: usize) -> Option<usize> {
        let mut depth = 0;
        loop {
            match self.parent[node] {
                TERMINAL => return Some(depth),
                NONE => return None,
                arc => node = self.arcs[arc as usize].to as usize,
            }
            depth += 1;
        }
    }

    /// Finds an orphan another parent in its tree, the nearest to the terminal; if there is none it is free.
    fn adopt(&mut self, node: usize) {
        let tree = self.tree[node];
        let mut best: Option<(usize, u32)> = None;
        let mut arc = self.first[node];
        while arc != NONE {
            let to = self.arcs[arc as usize].to as usize;
            if self.tree[to] == tree
                && self.open(tree, arc ^ 1) > 0
                && let Some(depth) = self.depth(to)
                && best.is_none_or(|(least, _)| depth < least)
            {
                best = Some((depth, arc));
            }
            arc = self.arcs[arc as usize].next;
        }
        if let Some((_, arc)) = best {
            self.parent[node] = arc;
            return;
        }
        let mut arc = self.first[node];
        while arc != NONE {
            let to = self.arcs[arc as usize].to as usize;
            if self.tree[to] == tree {
                if self.open(tree, arc ^ 1) > 0 {
                    self.active.push_back(id(to));
                }
                if self.parent[to] == arc ^ 1 {
                    self.parent[to] = NONE;
                    self.orphans.push_back(id(to));
                }
            }
            arc = self.arcs[arc as usize].next;
        }
        self.tree[node] = Tree::Free;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Graph;

    /// The least cost of any side of all nodes, by trying every one.
    fn least(terminals: &[(u8, u8)], edges: &[(usize, usize, u8)]) -> u32 {
        let cost = |sides: u32| {
            let source = |node: usize| sides >> node & 1 == 1;
            let hung: u32 = terminals
                .iter()
                .enumerate()
                .map(|(node, (from, to))| u32::from(if source(node) { *to } else { *from }))
                .sum();
            let cut = edges.iter().filter(|(a, b, _)| source(*a) != source(*b));
            hung + cut.map(|(_, _, cost)| u32::from(*cost)).sum::<u32>()
        };
        (0..1 << terminals.len()).map(cost).min().unwrap_or(0)
    }

    proptest! {
        #[test]
        fn no_cut_is_cheaper(
            terminals in prop::collection::vec((0..20_u8, 0..20_u8), 2..8),
            pairs in prop::collection::vec((0..8_usize, 0..8_usize, 0..20_u8), 0..20),
        ) {
            let nodes = terminals.len();
            let edges: Vec<_> = pairs.into_iter().map(|(a, b, cost)| (a % nodes, b % nodes, cost)).filter(|(a, b, _)| a != b).collect();
            let mut graph = Graph::new(nodes, edges.len());
            for (node, (from, to)) in terminals.iter().enumerate() {
                graph.terminal(node, f32::from(*from), f32::from(*to));
            }
            for (a, b, cost) in &edges {
                graph.edge(*a, *b, f32::from(*cost));
            }
            let sides = graph.cut();
            let hung: u32 = terminals.iter().zip(&sides).map(|((from, to), source)| u32::from(if *source { *to } else { *from })).sum();
            let cut: u32 = edges.iter().filter(|(a, b, _)| sides[*a] != sides[*b]).map(|(_, _, cost)| u32::from(*cost)).sum();
            prop_assert_eq!(hung + cut, least(&terminals, &edges));
        }
    }
}
