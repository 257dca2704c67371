/**
 * The virtual world: replicas are programs in any language, on virtual time. A supervisor in C
 * answers the system calls by which they learn the time, wait, send and receive.
 */
package raftlab.cluster.virtual;
