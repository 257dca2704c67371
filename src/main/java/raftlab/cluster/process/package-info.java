/**
 * The process world: replicas are operating-system processes in any language, on UDP and the real
 * clock.
 */
package raftlab.cluster.process;
