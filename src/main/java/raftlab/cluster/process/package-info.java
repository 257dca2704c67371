/**
 * The process world: replicas are operating-system processes in any language, on UDP and the wall
 * clock.
 */
package raftlab.cluster.process;
