/**
 * A real Kubernetes control plane on this machine, without containers: etcd, kube-apiserver and kube-controller-manager as child
 * processes, kubectl and helm to talk to it, all built once from their published Go modules. There are no nodes: a Deployment makes Pods
 * that stay pending. Uses the packages {@code process} and {@code binaries}, and fabric8's client.
 */
@NullMarked
package dev.railwaypostgres.playground.kubernetes;

import org.jspecify.annotations.NullMarked;
