// Asks the kubelet's own code which of some Secrets serve an image, and which patterns of a node's credential
// provider match it. Reads {"secrets": [...], "patterns": [...], "images": [...]} and writes, for each image,
// {"users": [...], "patterns": [...]}: the user names in the order in which the kubelet would try them.
package main

import (
	"encoding/json"
	"log"
	"os"

	v1 "k8s.io/api/core/v1"
	"k8s.io/kubernetes/pkg/credentialprovider"
	"k8s.io/kubernetes/pkg/credentialprovider/secrets"
	"k8s.io/kubernetes/pkg/util/parsers"
)

type question struct {
	Secrets  []v1.Secret `json:"secrets"`
	Patterns []string    `json:"patterns"`
	Images   []string    `json:"images"`
}

type answer struct {
	Users    []string `json:"users"`
	Patterns []string `json:"patterns"`
}

func main() {
	log.SetFlags(0)
	var asked question
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		log.Fatal(err)
	}
	keyring, err := secrets.MakeDockerKeyring(asked.Secrets, &credentialprovider.BasicDockerKeyring{})
	if err != nil {
		log.Fatal(err)
	}
	answers := map[string]answer{}
	for _, image := range asked.Images {
		answers[image] = ask(keyring, asked.Patterns, image)
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		log.Fatal(err)
	}
}

// The kubelet looks an image up by its repository, with the host of Docker Hub where it names none.
func ask(keyring credentialprovider.DockerKeyring, patterns []string, image string) answer {
	repository, _, _, err := parsers.ParseImageName(image)
	if err != nil {
		log.Fatal(err)
	}
	found := answer{Users: []string{}, Patterns: []string{}}
	matches, _ := keyring.Lookup(repository)
	for _, match := range matches {
		found.Users = append(found.Users, match.Username)
	}
	for _, pattern := range patterns {
		matched, err := credentialprovider.URLsMatchStr(pattern, image)
		if err != nil {
			log.Fatal(err)
		}
		if matched {
			found.Patterns = append(found.Patterns, pattern)
		}
	}
	return found
}
