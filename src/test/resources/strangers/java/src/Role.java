public enum Role { FOLLOWER, CANDIDATE, LEADER }
