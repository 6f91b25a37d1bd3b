struct bits { unsigned low : 3; int middle : 7; unsigned long long high : 40; } bits;
int run(int n) {
  bits.low = n;
  bits.middle += n;
  bits.high = bits.low;
  return bits.middle;
}

;; free
(func
  (type 0)
  (param i32 i32 i32 i32 i32)
  (result i32 i32)
  (local i32 i32 i32 i32 i32)
  (if
    (i32.and (local.get 0) (i32.const 1))
    (then
      (if
        (i32.gt_s (local.tee 9 (i32.load align=1 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))) (i32.const 0))
        (then (return (call 4 (local.get 0) (local.get 9) (local.get 1)))))
      (local.set 2 (i32.load offset=24 align=1 (local.get 0)))))
  (local.set 5 (i32.sub (local.get 0) (i32.const 0)))
  (block
    (block
      (block
        (block
          (block
            (if
              (i32.load8_u offset=$flags (i32.const 0))
              (then
                (i32.store offset=24 align=1 (local.get 0) (local.get 2))
                (i32.store align=1 (local.get 0) (i32.const 0))
                (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
                (i32.store offset=32 align=1 (i32.const 0) (i32.sub (local.get 1) (i32.const 1073741828)))
                (br_if 0 (i32.eqz (call 1 (local.get 0))))
                (local.set 1 (i32.sub (local.get 1) (i32.const 4)))
                (local.set 9 (i32.const 1))
                (br 2)))
            (i32.store offset=$data align=1
              (i32.const 0)
              (i32.or
                (i32.and (i32.load offset=$data align=1 (i32.const 0)) (i32.const -8))
                (i32.and (local.get 2) (i32.const 7))))
            (i32.store offset=$data align=1
              (i32.const 0)
              (i32.or
                (i32.and (i32.load offset=$data align=1 (i32.const 0)) (i32.const -1017))
                (i32.shl
                  (i32.and
                    (i32.add
                      (i32.shr_s (i32.shl (i32.load offset=$data align=1 (i32.const 0)) (i32.const 22)) (i32.const 25))
                      (local.get 2))
                    (i32.const 127))
                  (i32.const 3))))
            (i64.store offset=$data align=1
              (i32.const 0)
              (i64.or
                (i64.and (i64.load offset=$data align=1 (i32.const 0)) (i64.const -1125899906841601))
                (i64.shl
                  (i64.and
                    (i64.extend_i32_u
                      (i32.shr_u (i32.shl (i32.load offset=$data align=1 (i32.const 0)) (i32.const 29)) (i32.const 29)))
                    (i64.const 1099511627775))
                  (i64.const 10))))
            (local.set 1 (i32.sub (local.get 1) (i32.const 4)))
            (return
              (local.get 1)
              (i32.shr_s (i32.shl (i32.load offset=$data align=1 (i32.const 0)) (i32.const 22)) (i32.const 25)))
            (unreachable))
          (i32.store offset=44 align=1 (i32.const 0) (local.get 7))
          (local.set 6 (i32.const 3))
          (br 2))
        (local.set 6 (i32.const 1))
        (br 1))
      (local.set 6 (i32.const 2)))
    (i32.store offset=48 align=1 (i32.const 0) (local.get 6))
    (i32.store offset=40 align=1 (i32.const 0) (local.get 0))
    (i32.store offset=32 align=1 (i32.const 0) (i32.sub (local.get 1) (i32.const 1073741824))))
  (i32.store offset=24 align=1 (local.get 0) (local.get 2))
  (i32.store align=1 (local.get 0) (local.get 9))
  (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
  (i32.const 0)
  (i32.const 0))

;; resumable
(func
  (type 1)
  (param i32 i32 i32)
  (result i32 i32)
  (local i32 i32 i32 i32 i32)
  (local.set 3 (i32.sub (local.get 0) (i32.const 0)))
  (local.set 7 (i32.load offset=24 align=1 (local.get 0)))
  (if
    (local.get 1)
    (then)
    (else
      (block
        (block
          (br_if 0 (i32.lt_s (local.get 3) (i32.load offset=36 align=1 (i32.const 0))))
          (br_if 1 (i32.ge_s (local.get 2) (i32.const 1073741824))))
        (i32.store align=1 (local.get 0) (local.get 1))
        (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
        (i32.store offset=48 align=1 (i32.const 0) (i32.const 2))
        (i32.store offset=40 align=1 (i32.const 0) (local.get 0))
        (i32.store offset=32 align=1 (i32.const 0) (i32.sub (local.get 2) (i32.const 1073741824)))
        (return (i32.const 0) (i32.const 0)))))
  (block
    (block
      (block
        (block
          (block
            (loop
              (block
                (block
                  (block
                    (block
                      (block (br_table 0 1 2 3 4 0 (local.get 1)))
                      (local.set 2 (i32.sub (local.get 2) (i32.const 4)))
                      (if
                        (i32.and (i32.load8_u offset=$flags (i32.const 0)) (i32.const 1))
                        (then (local.set 1 (i32.const 1)) (br 7))))
                    (i32.store offset=$data align=1
                      (i32.const 0)
                      (i32.or
                        (i32.and (i32.load offset=$data align=1 (i32.const 0)) (i32.const -8))
                        (i32.and (local.get 7) (i32.const 7))))
                    (if
                      (i32.and (i32.load8_u offset=$flags+1 (i32.const 0)) (i32.const 1))
                      (then (local.set 1 (i32.const 2)) (br 6))))
                  (i32.store offset=$data align=1
                    (i32.const 0)
                    (i32.or
                      (i32.and (i32.load offset=$data align=1 (i32.const 0)) (i32.const -1017))
                      (i32.shl
                        (i32.and
                          (i32.add
                            (i32.shr_s
                              (i32.shl (i32.load offset=$data align=1 (i32.const 0)) (i32.const 22))
                              (i32.const 25))
                            (local.get 7))
                          (i32.const 127))
                        (i32.const 3))))
                  (if
                    (i32.and (i32.load8_u offset=$flags+2 (i32.const 0)) (i32.const 1))
                    (then (local.set 1 (i32.const 3)) (br 5))))
                (i64.store offset=$data align=1
                  (i32.const 0)
                  (i64.or
                    (i64.and (i64.load offset=$data align=1 (i32.const 0)) (i64.const -1125899906841601))
                    (i64.shl
                      (i64.and
                        (i64.extend_i32_u
                          (i32.shr_u
                            (i32.shl (i32.load offset=$data align=1 (i32.const 0)) (i32.const 29))
                            (i32.const 29)))
                        (i64.const 1099511627775))
                      (i64.const 10))))
                (if
                  (i32.and (i32.load8_u offset=$flags+3 (i32.const 0)) (i32.const 1))
                  (then (local.set 1 (i32.const 4)) (br 4))))
              (return
                (local.get 2)
                (i32.shr_s (i32.shl (i32.load offset=$data align=1 (i32.const 0)) (i32.const 22)) (i32.const 25)))
              (unreachable))
            (unreachable))
          (i32.store offset=44 align=1 (i32.const 0) (local.get 5))
          (local.set 4 (i32.const 3))
          (br 2))
        (local.set 4 (i32.const 1))
        (br 1))
      (local.set 4 (i32.const 2)))
    (i32.store offset=48 align=1 (i32.const 0) (local.get 4))
    (i32.store offset=40 align=1 (i32.const 0) (local.get 0))
    (i32.store offset=32 align=1 (i32.const 0) (i32.sub (local.get 2) (i32.const 1073741824))))
  (i32.store offset=24 align=1 (local.get 0) (local.get 7))
  (i32.store align=1 (local.get 0) (local.get 1))
  (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
  (i32.const 0)
  (i32.const 0))
