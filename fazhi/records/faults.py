"""What can be wrong with what the program keeps beside the records."""

from fazhi.problems.rulebook import Stated

not_a_lock = Stated("""FZ724: `published.lock.json` 是发布时程序写的，不用手改。

它记着公布的每个数，后来改动记录使公布的数变了，靠它来发现。
改法：从 git 里取回这个文件；取不回来的，删去它，重新发布。
""")
