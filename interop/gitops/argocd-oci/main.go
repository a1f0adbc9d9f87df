// Fetches a chart by Argo CD's own code for OCI sources, as its repo-server does. Reads {"url": ..., "revision": ...,
// "username": ..., "password": ..., "plainHTTP": ...} and writes {"digest": ..., "files": [...]} or {"error": ...}.
package main

import (
	"context"
	"encoding/json"
	"log"
	"os"

	"github.com/argoproj/argo-cd/v3/util/io"
	"github.com/argoproj/argo-cd/v3/util/oci"
)

type question struct {
	URL       string `json:"url"`
	Revision  string `json:"revision"`
	Username  string `json:"username"`
	Password  string `json:"password"`
	PlainHTTP bool   `json:"plainHTTP"`
}

type answer struct {
	Digest string   `json:"digest,omitempty"`
	Files  []string `json:"files,omitempty"`
	Error  string   `json:"error,omitempty"`
}

// The default of ARGOCD_REPO_SERVER_OCI_LAYER_MEDIA_TYPES.
var mediaTypes = []string{
	"application/vnd.oci.image.layer.v1.tar",
	"application/vnd.oci.image.layer.v1.tar+gzip",
	"application/vnd.cncf.helm.chart.content.v1.tar+gzip",
}

func main() {
	var asked question
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		log.Fatal(err)
	}
	cache, err := os.MkdirTemp("", "argocd-oci")
	if err != nil {
		log.Fatal(err)
	}
	got, err := fetch(asked, cache)
	os.RemoveAll(cache)
	if err != nil {
		got = answer{Error: err.Error()}
	}
	if err := json.NewEncoder(os.Stdout).Encode(got); err != nil {
		log.Fatal(err)
	}
}

func fetch(asked question, cache string) (answer, error) {
	ctx := context.Background()
	creds := oci.Creds{Username: asked.Username, Password: asked.Password, InsecureHTTPOnly: asked.PlainHTTP}
	client, err := oci.NewClient(asked.URL, creds, "", "", mediaTypes,
		oci.WithImagePaths(io.NewRandomizedTempPaths(cache)),
		oci.WithManifestMaxExtractedSize(1<<30),
		oci.WithEventHandlers(silent()))
	if err != nil {
		return answer{}, err
	}
	digest, err := client.ResolveRevision(ctx, asked.Revision, true)
	if err != nil {
		return answer{}, err
	}
	folder, closer, err := client.Extract(ctx, digest)
	if err != nil {
		return answer{}, err
	}
	defer closer.Close()
	entries, err := os.ReadDir(folder)
	if err != nil {
		return answer{}, err
	}
	files := []string{}
	for _, entry := range entries {
		files = append(files, entry.Name())
	}
	return answer{Digest: digest, Files: files}, nil
}

func silent() oci.EventHandlers {
	event := func(string) func() { return func() {} }
	failure := func(string) func(string) { return func(string) {} }
	return oci.EventHandlers{
		OnExtract: event, OnResolveRevision: event, OnDigestMetadata: event, OnTestRepo: event, OnGetTags: event,
		OnExtractFail: failure, OnResolveRevisionFail: failure, OnDigestMetadataFail: failure,
		OnTestRepoFail: event, OnGetTagsFail: event,
	}
}
