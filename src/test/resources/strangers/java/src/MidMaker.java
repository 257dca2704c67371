import java.util.Random;

public class MidMaker {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private final Random random = new Random();

    public String next() {
        StringBuilder sb = new StringBuilder();
        for (int i = 0; i < 16; i++) sb.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        return sb.toString();
    }
}
