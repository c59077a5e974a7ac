package theme

import (
	"text/template/parse"
)

// walk calls visit for each node below list that is shown or decides what is
// shown, in the order in which they stand.
func walk(list *parse.ListNode, visit func(parse.Node)) {
	if list == nil {
		return
	}
	for _, n := range list.Nodes {
		visit(n)
		switch n := n.(type) {
		case *parse.IfNode:
			walk(n.List, visit)
			walk(n.ElseList, visit)
		case *parse.WithNode:
			walk(n.List, visit)
			walk(n.ElseList, visit)
		case *parse.RangeNode:
			walk(n.List, visit)
			walk(n.ElseList, visit)
		}
	}
}

// call is a call of a function with a fixed name, as {{asset "paper.css"}}.
type call struct {
	name string
	at   spot
}

// calls are a template's calls of a function with a fixed name.
func calls(tree *parse.Tree, function string) []call {
	var all []call
	var inPipe func(p *parse.PipeNode)
	inPipe = func(p *parse.PipeNode) {
		if p == nil {
			return
		}
		for _, c := range p.Cmds {
			for _, arg := range c.Args {
				if inner, ok := arg.(*parse.PipeNode); ok {
					inPipe(inner)
				}
			}
			if id, ok := c.Args[0].(*parse.IdentifierNode); ok && id.Ident == function && len(c.Args) > 1 {
				if name, ok := c.Args[1].(*parse.StringNode); ok {
					all = append(all, call{name.Text, nodePlace(c)})
				}
			}
		}
	}
	walk(tree.Root, func(n parse.Node) {
		switch n := n.(type) {
		case *parse.ActionNode:
			inPipe(n.Pipe)
		case *parse.IfNode:
			inPipe(n.Pipe)
		case *parse.WithNode:
			inPipe(n.Pipe)
		case *parse.RangeNode:
			inPipe(n.Pipe)
		case *parse.TemplateNode:
			inPipe(n.Pipe)
		}
	})
	return all
}
