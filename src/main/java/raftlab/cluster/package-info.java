/** Clusters of replicas: one interface, and two implementations (worlds). */
package raftlab.cluster;
