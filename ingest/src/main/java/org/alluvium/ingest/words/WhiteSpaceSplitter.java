package org.alluvium.ingest.words;

/** Words are what stands between white space. */
final class WhiteSpaceSplitter implements WordSplitter {

    @Override
    public Words split(String text) {
        Words.Builder words = new Words.Builder(text);
        int start = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean space = Character.isWhitespace(c) || Character.isSpaceChar(c);
            if (space && start >= 0) {
                words.add(start, i);
                start = -1;
            } else if (!space && start < 0) {
                start = i;
            }
        }
        if (start >= 0) {
            words.add(start, text.length());
        }
        return words.build();
    }
}
