// Asks Argo CD's own code what it makes of objects in a cluster (KUBECONFIG). Reads {"namespace": ..., "applicationSet":
// {...}, "application": {...}, "repositories": [{"url": ..., "project": ...}]} and writes {"applications": [...],
// "repositories": [{"username": ..., "password": ..., "type": ..., "enableOCI": ..., "forceHTTP": ...}], "manifests":
// [...]}: what the ApplicationSet generates, how Argo CD in that namespace would log in, and what its repo-server
// fetches and renders for the Application, with the helm on the PATH.
package main

import (
	"context"
	"encoding/json"
	"io"
	"log"
	"os"
	"time"

	"github.com/argoproj/argo-cd/v3/applicationset/utils"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/reposerver/apiclient"
	"github.com/argoproj/argo-cd/v3/reposerver/cache"
	"github.com/argoproj/argo-cd/v3/reposerver/metrics"
	"github.com/argoproj/argo-cd/v3/reposerver/repository"
	cacheutil "github.com/argoproj/argo-cd/v3/util/cache"
	"github.com/argoproj/argo-cd/v3/util/db"
	"github.com/argoproj/argo-cd/v3/util/git"
	"github.com/argoproj/argo-cd/v3/util/settings"
	"github.com/sirupsen/logrus"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
)

type question struct {
	Namespace      string                   `json:"namespace"`
	ApplicationSet *v1alpha1.ApplicationSet `json:"applicationSet"`
	Application    *v1alpha1.Application    `json:"application"`
	Repositories   []struct {
		URL     string `json:"url"`
		Project string `json:"project"`
	} `json:"repositories"`
}

type login struct {
	Username  string `json:"username"`
	Password  string `json:"password"`
	Type      string `json:"type"`
	EnableOCI bool   `json:"enableOCI"`
	ForceHTTP bool   `json:"forceHTTP"`
}

type answer struct {
	Applications []v1alpha1.Application `json:"applications"`
	Repositories []login                `json:"repositories"`
	Manifests    []string               `json:"manifests"`
}

func main() {
	log.SetFlags(0)
	logrus.SetOutput(io.Discard)
	var asked question
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		log.Fatal(err)
	}
	ctx := context.Background()
	found := answer{Applications: []v1alpha1.Application{}, Repositories: []login{}, Manifests: []string{}}
	if asked.ApplicationSet != nil {
		found.Applications = generate(*asked.ApplicationSet)
	}
	if len(asked.Repositories) > 0 || asked.Application != nil {
		database := open(ctx, asked.Namespace)
		found.Repositories = logins(ctx, database, asked)
		if asked.Application != nil {
			found.Manifests = render(ctx, database, asked.Application)
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(found); err != nil {
		log.Fatal(err)
	}
}

// As its controller does with a list of clusters.
func generate(set v1alpha1.ApplicationSet) []v1alpha1.Application {
	found := []v1alpha1.Application{}
	shape := v1alpha1.Application{Spec: set.Spec.Template.Spec}
	shape.Name = set.Spec.Template.Name
	shape.Finalizers = set.Spec.Template.Finalizers
	for _, generator := range set.Spec.Generators {
		for _, element := range generator.List.Elements {
			var members map[string]any
			if err := json.Unmarshal(element.Raw, &members); err != nil {
				log.Fatal(err)
			}
			application, err := (&utils.Render{}).RenderTemplateParams(
				&shape, set.Spec.SyncPolicy, members, set.Spec.GoTemplate, set.Spec.GoTemplateOptions)
			if err != nil {
				log.Fatal(err)
			}
			found = append(found, *application)
		}
	}
	return found
}

func open(ctx context.Context, namespace string) db.ArgoDB {
	config, err := clientcmd.BuildConfigFromFlags("", os.Getenv("KUBECONFIG"))
	if err != nil {
		log.Fatal(err)
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		log.Fatal(err)
	}
	return db.NewDB(namespace, settings.NewSettingsManager(ctx, client, namespace), client)
}

func logins(ctx context.Context, database db.ArgoDB, asked question) []login {
	found := []login{}
	for _, one := range asked.Repositories {
		one := repositoryOf(ctx, database, one.URL, one.Project)
		found = append(found, login{
			Username:  one.Username,
			Password:  one.Password,
			Type:      one.Type,
			EnableOCI: one.EnableOCI,
			ForceHTTP: one.InsecureOCIForceHttp,
		})
	}
	return found
}

func repositoryOf(ctx context.Context, database db.ArgoDB, url, project string) *v1alpha1.Repository {
	found, err := database.GetRepository(ctx, url, project)
	if err != nil {
		log.Fatal(err)
	}
	return found
}

// The default of ARGOCD_REPO_SERVER_OCI_LAYER_MEDIA_TYPES.
var mediaTypes = []string{
	"application/vnd.oci.image.layer.v1.tar",
	"application/vnd.oci.image.layer.v1.tar+gzip",
	"application/vnd.cncf.helm.chart.content.v1.tar+gzip",
}

func render(ctx context.Context, database db.ArgoDB, application *v1alpha1.Application) []string {
	folder, err := os.MkdirTemp("", "argocd")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)
	kept := cache.NewCache(cacheutil.NewCache(cacheutil.NewInMemoryCache(time.Hour)), time.Hour, time.Hour, time.Minute)
	server := repository.NewService(metrics.NewMetricsServer(), kept, repository.RepoServerInitConstants{
		OCIMediaTypes:                mediaTypes,
		ParallelismLimit:             1,
		HelmManifestMaxExtractedSize: 1 << 30,
		HelmRegistryMaxIndexSize:     1 << 30,
		OCIManifestMaxExtractedSize:  1 << 30,
	}, git.NoopCredsStore{}, folder)
	source := application.Spec.GetSource()
	made, err := server.GenerateManifest(ctx, &apiclient.ManifestRequest{
		Repo:               repositoryOf(ctx, database, source.RepoURL, application.Spec.Project),
		Revision:           source.TargetRevision,
		AppName:            application.Name,
		Namespace:          application.Spec.Destination.Namespace,
		ApplicationSource:  &source,
		KubeVersion:        "1.36.3",
		ProjectName:        application.Spec.Project,
		ProjectSourceRepos: []string{"*"},
	})
	if err != nil {
		os.RemoveAll(folder)
		log.Fatal(err)
	}
	return made.Manifests
}
