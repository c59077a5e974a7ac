package demo

import (
	"context"

	"broadsheet/internal/desk"
	"broadsheet/internal/news"
	"broadsheet/internal/secret"
)

// Account is one with which a newcomer can sign in to the sample newsroom.
type Account struct {
	Role            news.Role
	Email, Password string
}

// Staff makes an account for each of three roles, with passwords of this moment.
// They are nowhere else: a newcomer reads them on the terminal.
func Staff(ctx context.Context, d *desk.Desk, p *secret.Passwords) ([]Account, error) {
	var made []Account
	for _, s := range []news.Staff{
		{Name: "Rosa Quill", Email: "reporter@lantern.example", Grants: []news.Grant{{Role: news.Reporter}}},
		{Name: "Edmund Pryce", Email: "editor@lantern.example", Grants: []news.Grant{{Role: news.Editor}}},
		{Name: "Ada Marsh", Email: "admin@lantern.example", Grants: []news.Grant{{Role: news.Administrator}}},
	} {
		a := Account{s.Grants[0].Role, s.Email, secret.RecoveryCodes(1)[0]}
		hash, err := p.Hash(ctx, a.Password)
		if err != nil {
			return nil, err
		}
		link, err := d.AddStaff(ctx, desk.CommandLine, &s)
		if err != nil {
			return nil, err
		}
		if _, err := d.AcceptLink(ctx, link, hash); err != nil {
			return nil, err
		}
		made = append(made, a)
	}
	return made, nil
}
